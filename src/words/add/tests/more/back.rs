//! Older versions that are brought back, and what was decided of them.

use super::*;

#[test]
fn decisions_travel_with_the_record() {
    let world = World::with_record();
    let v2 = edited(
        V1,
        &[(r#"{ id = "k1","#, r#"{ id = "csv","#), (r#""Joining tables""#, r#""Knitting""#)],
    );
    world.ask(&Query { carry: true, lose: true, ..yes(&[&v2]) }).unwrap();
    let here = world.state();
    let events = |world: &World| {
        let mut store = fixture::record(&world.app());
        store.read().unwrap().log().unwrap().1
    };
    let all = events(&world);
    // Another machine, in two parts, in whatever order.
    for (first, second) in [(0..12, 12..all.len()), (12..all.len(), 0..12)] {
        let other = World::new();
        other.install("course", &v2);
        for part in [first, second] {
            let app = other.app();
            let mut store = fixture::record(&app);
            let mut writing = store.write(stamp()).unwrap();
            writing.merge(all[part].to_vec(), None).unwrap();
            writing.commit().unwrap();
        }
        assert_eq!(events(&other), all);
        assert_eq!(other.state(), here);
        let mut store = fixture::record(&other.app());
        assert!(store.read().unwrap().verify().is_whole());
        // The machine that has the old file still sees what it saw.
        other.install("course", V1);
        assert_eq!(other.state(), World::with_record().state());
    }
}

#[test]
fn the_three_last_are_kept_and_brought_back_one_by_one() {
    let world = World::new();
    let version = |n: usize| edited(V1, &[("version = \"3\"", &format!("version = \"v{n}\""))]);
    for n in 1..=6 {
        world.ask(&yes(&[&version(n)])).unwrap();
    }
    let kept = fs::read_dir(world.paths().join(".before")).unwrap().count();
    assert_eq!(kept, 3);
    let back = || Query { back: Some("course".to_owned()), ..yes(&[]) };
    world.ask(&back()).unwrap();
    assert_eq!(world.installed(), version(5));
    world.ask(&back()).unwrap();
    assert_eq!(world.installed(), version(6), "back and forth");
    let other = Query { back: Some("other".to_owned()), ..yes(&[]) };
    assert!(matches!(refused(&world, &other).0, Refusal::NothingBefore(id) if id == "other"));
    // It must not look like a path that is installed.
    assert_eq!(world.app().catalog().all().iter().filter(|(one, _)| one.id == "course").count(), 1);
    assert!(world.app().catalog().take_problems().is_empty());
}

#[test]
fn what_an_older_version_had_is_back_with_its_record_and_not_newly_marked() {
    let bread = "{ id = \"k\", title = \"Bread\" }, { id = \"l\", title = \"Butter\" }";
    let butter = "{ id = \"l\", title = \"Butter\" }";
    let without_bread = || {
        let world = World::new();
        world.install("course", &small(bread));
        marked(&world, &[("k", Status::Done)]);
        world.ask(&Query { lose: true, ..yes(&[&small(butter)]) }).unwrap();
        world
    };
    // A yes is enough: nobody marked anything that is not what it was.
    let report = without_bread().ask(&yes(&[&small(bread)])).unwrap();
    assert_eq!(
        told(&report)[2..],
        [
            "back, with their record, 1:",
            "  Bread course/k: done since 2026-11-01",
            "besides: 1 added"
        ]
    );
    assert!(!report.added[0].effects.as_ref().unwrap().reordered);

    let world = without_bread();
    let renamed = format!("{butter}, {{ id = \"m\", title = \"Loaf\", replaces = [\"k\"] }}");
    let report = world.ask(&yes(&[&small(&renamed)])).unwrap();
    assert_eq!(
        told(&report)[2..],
        ["renamed, with their record, 1:", "  course/k -> course/m", "besides: 1 added"]
    );
    assert_eq!(world.state()["m"], "done+");

    // Another thing that has its id is not it.
    let world = without_bread();
    let sailing = small(&bread.replace("Bread", "Sailing"));
    let (_, told) = refused(&world, &yes(&[&sailing]));
    assert_eq!(
        told[1..],
        [
            "same id, different thing?, 1:",
            "  course/k \"Bread\" (done) -> \"Sailing\"",
            "besides: 1 added"
        ]
    );
    world.ask(&Query { lose: true, ..yes(&[&sailing]) }).unwrap();
    assert!(!world.state().contains_key("k"));
    // And it is the first one once more, with its record.
    world.ask(&Query { lose: true, ..yes(&[&small(bread)]) }).unwrap();
}

#[test]
fn answers_of_an_older_version_are_back_too() {
    let question = "[[interview]]\nid = \"i\"\ntitle = \"I\"\ntopics = [\"t\"]\nquestions = [\n\
        { id = \"q\", ask = \"Why?\", look_for = \"A reason.\" },\n]\n";
    let skills = small("{ id = \"k\", title = \"Bread\" }");
    let with = format!("{skills}{question}");
    let world = World::new();
    world.install("course", &with);
    marked(&world, &[]);
    world.record(vec![entry("course/question:q", EventKind::Answered { grade: Grade::Good })]);
    world.ask(&Query { lose: true, ..yes(&[&skills]) }).unwrap();
    let report = world.ask(&yes(&[&with])).unwrap();
    let told = told(&report);
    assert_eq!(told[1..3], ["back, with their record, 1:", "  Why? course/question:q: 1 answer"]);
}

#[test]
fn what_comes_back_in_a_script_is_asked_for_in_words_of_its_own() {
    let world = World::new();
    world.ask(&yes(&[V1])).unwrap();
    world.ask(&yes(&[&edited(V1, &[("version = \"3\"", "version = \"4\"")])])).unwrap();
    let (refusal, _) = refused(&world, &Query { back: Some("course".to_owned()), ..files(&[]) });
    let error = crate::error::Error::from(refusal);
    assert_eq!(error.message(), "what was there before would replace `course`; nothing was added");
    assert_eq!(error.hints(), ["`--dry-run` shows what it changes; pass `--yes` to confirm"]);
}
