//! What a shell asks, and how it wants its answer. The scripts hold no more than what only the shell
//! knows: its words as they were typed, and the place of the cursor. Splitting and quoting is done
//! here, the same way for all.

use std::ffi::OsString;

use clap_complete::engine::CompletionCandidate;

/// The script of bash. Its own words are split at `:` and `=`, so it hands the line over.
const BASH: &str = r#"_milepost() {
    local reply
    COMPREPLY=()
    while IFS= read -r reply; do
        COMPREPLY+=("$reply")
    done < <(MILEPOST_COMPLETE=bash milepost -- "${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null)
}
complete -o nospace -o bashdefault -o nosort -F _milepost milepost 2>/dev/null ||
    complete -o nospace -o bashdefault -F _milepost milepost
"#;

/// The script of zsh. What it is given is quoted already (`-Q`): else it would quote the `~` of a
/// home, too.
const ZSH: &str = r#"#compdef milepost
_milepost() {
    local -a replies dirs others
    local reply
    replies=("${(@f)$(MILEPOST_COMPLETE=zsh milepost -- "$PREFIX" "${compstate[quote]}" \
        "${(@Q)words[1,CURRENT-1]}" 2>/dev/null)}")
    for reply in $replies; do
        if [[ "${reply%%:*}" == */ ]]; then
            dirs+=("${reply/\/:/:}")
            dirs[-1]="${dirs[-1]%/}"
        else
            others+=("$reply")
        fi
    done
    [[ -n $dirs ]] && _describe -V 'values' dirs -Q -S '/' -r '/'
    [[ -n $others ]] && _describe -V 'values' others -Q
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
compdef _milepost milepost
"#;

/// The script of fish, which quotes what it is given itself.
const FISH: &str = r#"complete --keep-order --exclusive --command milepost --arguments "(MILEPOST_COMPLETE=fish milepost -- (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token --cut-at-cursor | string unescape))"
"#;

/// The shells that are asked in their own way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asking {
    Bash,
    Zsh,
    Fish,
}

impl Asking {
    pub(super) fn of(name: &str) -> Option<Self> {
        match name {
            "bash" => Some(Self::Bash),
            "zsh" => Some(Self::Zsh),
            "fish" => Some(Self::Fish),
            _ => None,
        }
    }

    pub(super) fn script(self) -> &'static str {
        match self {
            Self::Bash => BASH,
            Self::Zsh => ZSH,
            Self::Fish => FISH,
        }
    }

    /// What was typed, from what the script handed over.
    pub(super) fn typed(self, args: &[OsString]) -> Option<Typed> {
        match self {
            Self::Bash => {
                let line = args.first()?.to_str()?;
                let mut words = split(line);
                let last = words.pop().unwrap_or_default();
                // Bash replaces only what follows the last `:` or `=`.
                let replaced = args.get(1)?.to_str()?;
                let replaced = match last.open {
                    Some(_) => replaced.to_owned(),
                    None => split(replaced).pop().unwrap_or_default().text,
                };
                let kept = last.text.strip_suffix(&replaced).unwrap_or("").to_owned();
                let words = words.into_iter().chain([last.clone()]);
                let words = words.map(|word| word.text.into()).collect();
                Some(Typed { words, quote: last.open, kept })
            }
            Self::Zsh => {
                let mut words: Vec<OsString> = args.get(2..)?.to_vec();
                let quote = args.get(1)?.to_str()?.chars().next();
                let prefix = args.first()?.to_str()?;
                let last = match quote {
                    Some(_) => prefix.to_owned(),
                    None => split(prefix).pop().unwrap_or_default().text,
                };
                words.push(last.into());
                Some(Typed { words, quote, kept: String::new() })
            }
            Self::Fish => {
                let mut words = args.to_vec();
                if words.is_empty() {
                    words.push(OsString::new());
                }
                Some(Typed { words, quote: None, kept: String::new() })
            }
        }
    }

    /// The answer, one candidate a line.
    pub(super) fn answer(self, candidates: &[CompletionCandidate], typed: &Typed) -> String {
        let values = candidates.iter().filter_map(|candidate| {
            // A line cannot hold a name that has several.
            let value = candidate.get_value().to_str().filter(|value| !value.contains('\n'))?;
            let help = candidate.get_help().map(ToString::to_string).unwrap_or_default();
            Some((value, help.lines().next().unwrap_or_default().to_owned()))
        });
        let only = candidates.len() == 1;
        values.map(|(value, help)| self.line(value, &help, only, typed) + "\n").collect()
    }

    fn line(self, value: &str, help: &str, only: bool, typed: &Typed) -> String {
        match self {
            Self::Bash => {
                let rest = value.strip_prefix(&typed.kept).unwrap_or(value);
                let end = match (only && !value.ends_with(['/', '=', ':']), typed.quote) {
                    (true, Some(quote)) => format!("{quote} "),
                    (true, None) => " ".to_owned(),
                    (false, _) => String::new(),
                };
                quoted(rest, typed.quote) + &end
            }
            Self::Zsh => {
                let value = quoted(value, typed.quote).replace('\\', "\\\\").replace(':', "\\:");
                if help.is_empty() {
                    value
                } else {
                    format!("{value}:{}", help.replace('\\', "\\\\"))
                }
            }
            Self::Fish if help.is_empty() => value.to_owned(),
            Self::Fish => format!("{value}\t{help}"),
        }
    }
}

/// What stands on the command line up to the cursor.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Typed {
    /// The words without their quotes; the last is being typed.
    pub(super) words: Vec<OsString>,
    /// The quote in which the last one stands.
    quote: Option<char>,
    /// The part of the last one that the shell keeps.
    kept: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Word {
    text: String,
    /// The quote that is not closed yet.
    open: Option<char>,
}

/// Splits a line as a shell does, without expanding anything. The last word can be empty.
fn split(line: &str) -> Vec<Word> {
    let mut words = vec![Word::default()];
    let mut chars = line.trim_start().chars().peekable();
    while let Some(c) = chars.next() {
        let Some(word) = words.last_mut() else { break };
        match (word.open, c) {
            (Some(quote), c) if c == quote => word.open = None,
            (Some('\''), c) => word.text.push(c),
            (Some(_), '\\') => match chars.next_if(|next| "\\\"$`".contains(*next)) {
                Some(next) => word.text.push(next),
                None => word.text.push('\\'),
            },
            (Some(_), c) => word.text.push(c),
            (None, '\'' | '"') => word.open = Some(c),
            (None, '\\') => word.text.extend(chars.next()),
            (None, c) if c.is_whitespace() => {
                while chars.next_if(|next| next.is_whitespace()).is_some() {}
                words.push(Word::default());
            }
            (None, c) => word.text.push(c),
        }
    }
    words
}

/// A value as it must be typed. A `~` at its beginning stays one.
fn quoted(value: &str, open: Option<char>) -> String {
    let special = |c: char| match open {
        Some('\'') => false,
        Some(_) => "\\\"$`!".contains(c),
        None => !c.is_alphanumeric() && !"/_-.,+=:@%^".contains(c),
    };
    let home = if open.is_none() && (value == "~" || value.starts_with("~/")) { 1 } else { 0 };
    let (start, rest) = value.split_at(home);
    let mut text = start.to_owned();
    for c in rest.chars() {
        match c {
            '\'' if open == Some('\'') => text.push_str(r"'\''"),
            c if special(c) => text.extend(['\\', c]),
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        split(line).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn a_line_is_split_as_the_shell_does() {
        for (line, expected) in [
            ("", &[""][..]),
            ("a  b ", &["a", "b", ""]),
            (r"a my\ file", &["a", "my file"]),
            (r#"a "my file" 'b c'd"#, &["a", "my file", "b cd"]),
            (r#"a "my \"fi"#, &["a", "my \"fi"]),
            ("a web/question:id", &["a", "web/question:id"]),
            (r"a \", &["a", ""]),
        ] {
            assert_eq!(words(line), expected, "{line}");
        }
        assert_eq!(split("a 'b").pop().unwrap().open, Some('\''));
    }

    #[test]
    fn what_is_quoted_is_read_back() {
        for value in ["plain", "my file", "a'b\"c", "$x `y` *", "~/my file", "été!", "a\\b", "-x=y"]
        {
            assert_eq!(words(&quoted(value, None)), [value], "{value}");
            for open in ['\'', '"'] {
                let text = format!("{open}{}{open}", quoted(value, Some(open)));
                if !value.contains('!') {
                    assert_eq!(words(&text), [value], "{text}");
                }
            }
        }
        assert_eq!(quoted("~/a b", None), r"~/a\ b");
        assert_eq!(quoted("x~", None), r"x\~");
    }

    #[test]
    fn bash_is_given_the_part_that_it_replaces() {
        let ask = |line: &str, replaced: &str| {
            Asking::Bash.typed(&[line.into(), replaced.into()]).unwrap()
        };
        let typed = ask("milepost show web/question:id", "id");
        assert_eq!(typed.kept, "web/question:");
        let candidate = [CompletionCandidate::new("web/question:idempotency")];
        assert_eq!(Asking::Bash.answer(&candidate, &typed), "idempotency \n");
        let typed = ask("milepost check 'my f", "my f");
        assert_eq!(
            Asking::Bash.answer(&[CompletionCandidate::new("my file")], &typed),
            "my file' \n"
        );
        let typed = ask("milepost --db=~/m", "~/m");
        let candidates = ["~/my file", "~/mine"].map(CompletionCandidate::new);
        let candidates = candidates.map(|one| one.add_prefix("--db="));
        assert_eq!(Asking::Bash.answer(&candidates, &typed), "~/my\\ file\n~/mine\n");
    }
}
