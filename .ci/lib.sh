# What the tiers of tests share: each step runs, whatever became of those before it, and the end says
# what failed and what was skipped. Sourced, from the root of the repository.

failed=()
skipped=$(mktemp)
trap 'rm -f "$skipped"' EXIT

say() { printf '\n== %s\n' "$*"; }

# step NAME COMMAND...
step() {
    local name=$1
    shift
    say "$name"
    # The tests say what they skip on stderr, a line each.
    if ! "$@" 2> >(tee >(grep '^skipped: ' >>"$skipped") >&2); then
        failed+=("$name")
    fi
}

# The last word: what was skipped, what failed.
finish() {
    # What is still on its way from the last step's stderr.
    sleep 1
    say "skipped: $(wc -l <"$skipped")"
    sort "$skipped" | sed 's/ ([0-9]* skipped in this suite)$//'
    if [ ${#failed[@]} -gt 0 ]; then
        say "FAILED: ${#failed[@]}"
        printf '%s\n' "${failed[@]}"
        exit 1
    fi
    say "all passed"
}

# The command of the README that runs all tests, as it is written there.
readme_tests() { grep -m1 -x 'cargo test.*' README.md; }

# Debian's packages, where they may be installed.
install_packages() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        # Nobody can answer what a package asks when it is set up.
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -qq && apt-get install -y -qq --no-install-recommends "$@"
    else
        echo "cannot install $*: not root, or no apt-get" >&2
        return 1
    fi
}

fresh_machine() {
    command -v cargo >/dev/null || { echo "install Rust 1.89 or newer first" >&2; exit 1; }
    command -v cc >/dev/null || install_packages gcc libc6-dev
    for component in rustfmt clippy; do
        cargo "${component/rustfmt/fmt}" --version >/dev/null 2>&1 || rustup component add "$component"
    done
    cargo --version
}

# Installs what some tests need and fails where something is still missing: strace for faults; shells
# for completions; what the recipes of docs/prompt.md are for; for the HTML export a browser, a wide and
# a narrow font, a validator and a checker of accessibility; for a record in PostgreSQL the server, a
# pooler and what makes certificates.
install_engines() {
    local missing=0
    need can_trace strace || missing=1
    need has_shells zsh fish || missing=1
    need has_recipes tmux systemd || missing=1
    need has_browser chromium chromium-driver || missing=1
    need has_wide_font fonts-dejavu-core || missing=1
    # A package of its own in newer Debians.
    need has_narrow_font fonts-liberation || need has_narrow_font fonts-liberation-sans-narrow || missing=1
    need has_npm nodejs npm && install_checkers || missing=1
    has_postgresql || no_main_cluster
    need has_postgresql postgresql || missing=1
    need has_pooler pgbouncer || missing=1
    need has_openssl openssl || missing=1
    return $missing
}

# need CHECK PACKAGE...
need() { "$1" || { install_packages "${@:2}" && "$1"; } || { echo "$1: no" >&2; return 1; }; }

can_trace() { strace -o /dev/null true 2>/dev/null; }
has_recipes() { command -v tmux >/dev/null && command -v systemd-analyze >/dev/null; }
has_shells() { command -v zsh >/dev/null && command -v fish >/dev/null; }
has_browser() { command -v chromium >/dev/null && command -v chromedriver >/dev/null; }
has_wide_font() { has_font DejaVuSans.ttf; }
has_narrow_font() { has_font LiberationSansNarrow-Regular.ttf; }
has_font() { [ -n "$(find /usr/share/fonts /usr/local/share/fonts -name "$1" -print -quit 2>/dev/null)" ]; }
# Where Debian has it, no program of the server is on the PATH.
has_postgresql() { command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }
# Debian begins a cluster when it installs the server; the tests have their own.
no_main_cluster() {
    local settings=/etc/postgresql-common/createcluster.d
    mkdir -p "$settings" && echo 'create_main_cluster = false' >"$settings/no-main-cluster.conf"
}
has_pooler() { command -v pgbouncer >/dev/null || [ -x /usr/sbin/pgbouncer ]; }
has_openssl() { command -v openssl >/dev/null; }
has_npm() { command -v node >/dev/null && command -v npm >/dev/null; }
install_checkers() (
    cd tests/html/checkers || return 1
    [ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --ignore-scripts --no-audit --no-fund
)
