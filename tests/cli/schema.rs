//! `schema`.

use crate::sandbox::Sandbox;

#[test]
fn each_schema_is_printed_as_it_is() {
    let sandbox = Sandbox::new();
    for kind in ["path", "career", "overlay", "ticks", "config"] {
        let file = format!("{}/schemas/{kind}.schema.json", env!("CARGO_MANIFEST_DIR"));
        assert_eq!(sandbox.ok(["schema", kind]), std::fs::read_to_string(file).unwrap());
    }
    insta::assert_snapshot!(sandbox.play(
        "schema cohort
         schema record",
    ), @"
    $ schema cohort
    --- stderr ---
    error: this version reads no cohort files, so it has no schema of them
    hint: there are schemas of `path`, `career`, `overlay`, `ticks` and `config`
    [exit 1]
    $ schema record
    --- stderr ---
    error: `milepost schema` does not take `record`
    hint: choose from path, career, overlay, ticks, config
    [exit 2]
    ");
}

#[test]
fn the_schema_of_the_configuration_has_its_keys() {
    let sandbox = Sandbox::new();
    let config = sandbox.write(".config/milepost/config.toml", "nonsense = 1\n");
    let said = sandbox.run(["paths"]);
    std::fs::remove_file(config).unwrap();
    let schema: serde_json::Value =
        serde_json::from_str(&sandbox.ok(["schema", "config"])).unwrap();
    let keys: Vec<String> = schema["properties"].as_object().unwrap().keys().cloned().collect();
    let (_, told) = said.split_once("its keys are ").unwrap_or_else(|| panic!("{said}"));
    let told = told.lines().next().unwrap().replace(" and ", ", ");
    let mut told: Vec<&str> = told.split(", ").map(|key| key.trim_matches('`')).collect();
    told.sort_unstable();
    assert_eq!(keys, told);
}
