//! No id that was shipped is ever lost.

use super::*;

/// The ids under which something can be recorded, as references.
fn ids() -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for (path, roadmap) in roadmaps() {
        ids.extend(roadmap.ids().map(|id| format!("{path}/{id}")));
        ids.extend(roadmap.questions().map(|asked| asked.reference().as_str().to_owned()));
        ids.insert(path);
    }
    let career = career();
    ids.extend(career.areas.iter().map(|area| format!("career/area:{}", area.id)));
    ids.extend(career.roles.iter().map(|role| format!("career/role:{}", role.id)));
    ids
}

/// Whether what is recorded under a reference that was shipped once still finds its thing.
fn is_found(reference: &str, roadmaps: &BTreeMap<String, Roadmap>, career: &Career) -> bool {
    let Some((path, id)) = reference.split_once('/') else {
        let had = |roadmap: &&Roadmap| roadmap.replaces.iter().any(|old| old == reference);
        return roadmaps.contains_key(reference) || roadmaps.values().any(|one| had(&one));
    };
    if let Some(area) = id.strip_prefix("area:") {
        let is = |one: &&milepost_path::Area| {
            one.id == area || one.replaces.iter().any(|old| old == area)
        };
        return career.areas.iter().any(|one| is(&one));
    }
    if let Some(role) = id.strip_prefix("role:") {
        return career.role(role).is_some();
    }
    let had = |roadmap: &&Roadmap| roadmap.replaces.iter().any(|old| old == path);
    let Some(roadmap) = roadmaps.get(path).or_else(|| roadmaps.values().find(had)) else {
        return false;
    };
    match id.strip_prefix("question:") {
        Some(question) => roadmap.question(question).is_some(),
        // What is retired is there, too.
        None => roadmap.resolve(id).is_some(),
    }
}

#[test]
fn no_id_that_was_ever_shipped_is_lost() {
    let list = file("tests/shipped-ids.txt");
    let text = std::fs::read_to_string(&list).unwrap();
    let shipped: BTreeSet<String> = text.lines().map(str::to_owned).collect();
    assert!(shipped.len() > 1000, "{} ids", shipped.len());
    let (roadmaps, career) = (roadmaps(), career());
    let lost: Vec<&String> =
        shipped.iter().filter(|id| !is_found(id, &roadmaps, &career)).collect();
    assert!(
        lost.is_empty(),
        "records have these; name them in `replaces`, or keep them with `retired = true`: {lost:#?}"
    );
    let new: Vec<String> = ids().difference(&shipped).cloned().collect();
    if std::env::var_os("UPDATE_IDS").is_some() {
        let all: BTreeSet<&String> = shipped.iter().chain(&new).collect();
        let lines: String = all.into_iter().map(|id| format!("{id}\n")).collect();
        std::fs::write(&list, lines).unwrap();
        return;
    }
    assert!(
        new.is_empty(),
        "these are not in {}: `UPDATE_IDS=1 cargo test --test content` adds them: {new:#?}",
        list.display()
    );
}

#[test]
fn an_id_that_is_neither_there_nor_replaced_is_lost() {
    let (roadmaps, career) = (roadmaps(), career());
    for lost in [
        "nope",
        "nope/fastapi",
        "foundations/nope",
        "ai-integration/question:nope",
        "career/area:nope",
        "career/role:nope",
    ] {
        assert!(!is_found(lost, &roadmaps, &career), "{lost}");
    }
}
