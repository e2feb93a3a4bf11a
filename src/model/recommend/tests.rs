use std::collections::HashSet;

use proptest::prelude::*;

use super::*;
use crate::model::fixture::{World, cases, day, histories, sketch, standing};
use crate::model::roadmap::Shelf;
use crate::model::standing::{ItemState, Standing, Subject};

/// References of what is recommended, best first, for the followed paths.
fn recommended(shelf: &Vec<Roadmap>, followed: &[&str], marks: &str, wish: &Wish) -> Vec<String> {
    let standing = standing(marks);
    let view = View { shelf, standing: &standing };
    let paths: Vec<&Roadmap> = followed.iter().filter_map(|id| shelf.roadmap(id)).collect();
    match recommend(&view, &paths, wish, 99) {
        Ok(found) => found.iter().map(|one| one.item.reference().to_string()).collect(),
        Err(nothing) => vec![format!("{nothing:?}")],
    }
}

fn next(paths: &str, marks: &str) -> Vec<String> {
    recommended(&sketch(paths), &["p"], marks, &Wish::default())
}

fn reasons(paths: &str, marks: &str, wish: &Wish) -> Vec<Vec<(&'static str, String)>> {
    let shelf = sketch(paths);
    let standing = standing(marks);
    let view = View { shelf: &shelf, standing: &standing };
    let found = recommend(&view, &[&shelf[0]], wish, 99).unwrap();
    let because = |one: Recommendation<'_>| {
        one.because.into_iter().map(|because| (because.code, because.text)).collect()
    };
    found.into_iter().map(because).collect()
}

#[test]
fn what_is_a_candidate() {
    let paths = "
        path p
        stage s
        topic t
        skill a
        skill b
        skill untaught
        resource ra teaches=a
        resource rb teaches=b
        resource rnone teaches=
        topic blocked needs=t
        skill c
        resource rc
        topic means
        resource rm
        milestone m
        milestone n needs=t";
    for (marks, expected) in [
        ("", "ra rb untaught rm m"),
        ("p/a=done", "rb untaught rm m"),
        ("p/a=skipped p/rb=done", "b untaught rm m"),
        ("p/ra=skipped p/rb=done p/m=done", "a b untaught rm"),
        ("p/a=done p/b=done p/untaught=done", "rc rm m n"),
        ("p/a=done p/b=done p/untaught=done p/rm=done p/c=done p/m=done", "n"),
    ] {
        let mut found = next(paths, marks);
        found.sort();
        let mut expected: Vec<String> = expected.split(' ').map(|id| format!("p/{id}")).collect();
        expected.sort();
        assert_eq!(found, expected, "{marks}");
    }
}

#[test]
fn each_step_of_the_ranking_goes_before_the_ones_below() {
    for (rule, paths, marks, expected) in [
        (
            "what is in progress, before the stage",
            "path p
             stage one
             topic t
             skill a
             resource ra 1h
             stage two
             topic u
             skill b
             resource rb 9h
             milestone m 9h optional",
            "p/rb=doing p/m=doing",
            "rb m ra",
        ),
        (
            "what teaches a skill in progress is in progress",
            "path p
             stage one
             topic t
             skill a
             resource ra 1h
             stage two
             topic u
             skill b
             skill c
             resource rb 9h teaches=b
             resource rc 1h teaches=c",
            "p/b=doing",
            "rb ra rc",
        ),
        (
            "a skill in progress that nothing teaches any more",
            "path p
             stage s
             topic t
             skill a
             skill b
             resource ra teaches=a",
            "p/b=doing",
            "b ra",
        ),
        (
            "what is counted before what is optional, before the stage",
            "path p
             stage one
             topic t
             skill a
             skill b optional
             resource ra 1h optional teaches=a
             milestone m 1h optional
             stage two
             topic u
             skill c
             resource rc 9h",
            "",
            "rc ra m b",
        ),
        (
            "by stage, before what it unlocks",
            "path p
             stage one
             topic t
             skill a
             resource ra 9h
             stage two
             topic u
             skill b
             resource rb 1h
             topic v needs=u
             skill c",
            "",
            "ra rb",
        ),
        (
            "how much it unlocks, before what it covers per hour",
            "path p
             stage s
             topic none
             skill a
             resource ra 1h
             topic one
             skill b
             resource rb 2h
             topic two
             skill c
             resource rc 9h
             milestone m needs=one
             milestone n needs=two
             milestone o needs=n",
            "",
            "rc rb ra",
        ),
        (
            "how many open skills it covers per hour, before the file",
            "path p
             stage s
             topic t
             skill a
             skill b
             resource ongoing
             topic u
             skill c
             skill d
             resource one 1h teaches=c
             resource two 1h
             topic v
             skill e
             resource slow 10h
             milestone m 2h",
            "",
            "two one m slow ongoing",
        ),
        (
            "what is done already is not covered",
            "path p
             stage s
             topic t
             skill a
             skill b
             resource ra 1h teaches=a
             resource rab 1.5h",
            "p/b=done",
            "ra rab",
        ),
        (
            "the order of the file",
            "path p
             stage s
             topic t
             skill a
             resource r1 1h
             resource r2 1h
             topic u
             skill b
             resource r3 1h
             milestone m 1h",
            "",
            "r1 r2 r3 m",
        ),
    ] {
        let expected: Vec<String> = expected.split(' ').map(|id| format!("p/{id}")).collect();
        assert_eq!(next(paths, marks), expected, "{rule}");
    }
}

#[test]
fn a_role_filters_and_breaks_ties() {
    let shelf = sketch(
        "path p
         stage one
         topic all
         skill a
         resource ra 1h
         topic dev role=dev,ops
         skill b
         resource rb 1h
         topic web role=web
         skill c
         resource rc 1h
         milestone m 1h
         stage two
         topic late role=dev
         skill d
         resource rd 1h",
    );
    let wish = |role: &str| Wish { role: Some(role.to_owned()), ..Wish::default() };
    for (role, expected) in
        [("dev", "p/rb p/ra p/m p/rd"), ("web", "p/rc p/ra p/m"), ("nobody", "p/ra p/m")]
    {
        assert_eq!(recommended(&shelf, &["p"], "", &wish(role)).join(" "), expected, "{role}");
    }
}

#[test]
fn paths_that_others_require_come_first() {
    let path = |id: &str, needs: &str| {
        format!("path {id} {needs}\nstage s\ntopic t needs=gone/x\nskill a\nresource r 1h\n")
    };
    for (lines, followed, expected) in [
        (vec![path("a", ""), path("b", "")], &["b", "a"][..], "b/r a/r"),
        (vec![path("a", ""), path("b", "needs=a/")], &["b", "a"], "a/r b/r"),
        (
            vec![path("a", ""), path("b", "needs=a/"), path("c", "needs=b/")],
            &["c", "b", "a"],
            "a/r b/r c/r",
        ),
        // A path that is not followed does not count.
        (vec![path("a", ""), path("b", "needs=a/"), path("c", "")], &["b", "c"], "b/r c/r"),
        (vec![path("a", "needs=a/"), path("b", "")], &["b", "a"], "b/r a/r"),
    ] {
        let shelf = sketch(&lines.concat());
        let found = recommended(&shelf, followed, "", &Wish::default());
        assert_eq!(found.join(" "), expected, "{lines:?}");
    }
}

#[test]
fn circles_of_paths_end_soon() {
    // Each of forty paths requires all others.
    let lines: Vec<String> = (0..40)
        .map(|n| {
            let others: Vec<String> =
                (0..40).filter(|m| *m != n).map(|m| format!("p{m}/")).collect();
            let needs = others.join(",");
            format!("path p{n} needs={needs}\nstage s\ntopic t needs=gone/x\nskill a\nresource r\n")
        })
        .collect();
    let shelf = sketch(&lines.concat());
    let ids: Vec<String> = (0..40).map(|n| format!("p{n}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    assert_eq!(recommended(&shelf, &ids, "", &Wish::default()).len(), 40);
}

#[test]
fn what_it_unlocks_is_what_still_waits() {
    let unlocks = |paths: &str, marks: &str| -> Vec<Option<String>> {
        let reasons = reasons(paths, marks, &Wish::default());
        let unlocks = |because: Vec<(&'static str, String)>| {
            because.into_iter().find(|(code, _)| *code == "unlocks").map(|(_, text)| text)
        };
        reasons.into_iter().map(unlocks).collect()
    };
    let said = |text: &str| Some(text.to_owned());
    for (what, paths, marks, expected) in [
        (
            "through a topic, a milestone, a skill and a stage",
            "path p
             stage one
             topic t
             skill a
             resource r 1h
             milestone m needs=t
             stage two needs=one
             topic u
             skill b
             topic v needs=b
             skill c",
            "",
            said("on the way to 3 more: m, u, v"),
        ),
        (
            "what waits for a skill of a topic that waits",
            "path p
             stage one
             topic t
             skill a
             resource r 1h
             topic u needs=t
             skill b
             topic v needs=b
             skill c",
            "",
            said("on the way to 2 more: u, ..."),
        ),
        (
            "more than are named",
            "path p
             stage one
             topic t
             skill a
             resource r 1h
             milestone m needs=t
             milestone n needs=a
             milestone o needs=t
             milestone q needs=t",
            "",
            said("on the way to 4 more: m, n, o, ..."),
        ),
        (
            "not what is finished, nor what has another way already",
            "path p
             stage one
             topic t
             skill a
             resource r 1h
             topic other
             skill b
             milestone m needs=t
             milestone n needs=t|other
             milestone o needs=t",
            "p/b=done p/m=done p/n=doing",
            said("on the way to 1 more: o"),
        ),
        (
            "by an id of old",
            "path p
             stage one
             topic t
             skill a was=old
             resource r 1h
             milestone m needs=old",
            "",
            said("on the way to 1 more: m"),
        ),
        (
            "nothing in a circle twice",
            "path p
             stage one
             topic t
             skill a
             resource r 1h
             topic u needs=v,t
             skill b
             topic v needs=u
             skill c",
            "",
            said("on the way to 2 more: u, ..."),
        ),
        (
            "what an optional skill does not help to finish",
            "path p
             stage one
             topic t
             skill a optional
             skill b
             resource r 1h teaches=a
             milestone m needs=t
             milestone n needs=a",
            "p/b=done p/m=done",
            said("on the way to 1 more: n"),
        ),
    ] {
        // Where the first of the table has nothing to unlock, something else may be first.
        let found = unlocks(paths, marks);
        let first = next(paths, marks).iter().position(|one| one == "p/r").unwrap();
        assert_eq!(found[first], expected, "{what}");
    }
}

#[test]
fn more_than_a_thousand_are_not_counted_on() {
    let mut paths = "path p\nstage s\ntopic t\nskill a\nresource r\n".to_owned();
    for n in 0..MOST_COUNTED - 1 {
        paths.push_str(&format!("milestone m{n} needs=t\n"));
    }
    let unlocks = |paths: &str| {
        let reasons = reasons(paths, "", &Wish::default()).remove(0);
        reasons.into_iter().find(|(code, _)| *code == "unlocks").unwrap().1
    };
    assert_eq!(unlocks(&paths), "on the way to 999 more: m0, m1, m2, ...");
    paths.push_str("stage late needs=s\nmilestone n1\nmilestone n2\n");
    assert_eq!(unlocks(&paths), "on the way to 1000 or more: m0, m1, m2, ...");
}

#[test]
fn what_is_the_same_unlocks_there_too() {
    let shelf = sketch(
        "path p
         stage s
         topic other
         skill z
         resource rz 1h
         topic t
         skill a same=q/x
         resource ra 9h
         path q
         stage s
         topic t
         skill x
         milestone m needs=x
         path o
         stage s
         topic t
         skill y same=q/x
         milestone n needs=y",
    );
    let standing = Standing::default();
    let view = View { shelf: &shelf, standing: &standing };
    for (paths, count) in [(1, 0), (2, 1), (3, 2)] {
        let paths: Vec<&Roadmap> = shelf.iter().take(paths).collect();
        let found = recommend(&view, &paths, &Wish::default(), 9).unwrap();
        let ra = found.iter().find(|one| one.item.id() == "ra").unwrap();
        let unlocks = ra.because.iter().find(|because| because.code == "unlocks");
        let text = unlocks.map(|because| because.text.clone());
        let expected = [None, Some("on the way to 1 more: m"), Some("on the way to 2 more: m, n")];
        assert_eq!(text.as_deref(), expected[count]);
    }
}

#[test]
fn what_is_optional_here_may_be_counted_there() {
    let shelf = sketch(
        "path p
         stage s
         milestone m optional same=q/m
         path q
         stage s
         milestone m
         stage late needs=s
         milestone n",
    );
    let standing = Standing::default();
    let view = View { shelf: &shelf, standing: &standing };
    let paths: Vec<&Roadmap> = shelf.iter().collect();
    let mut unlocking = Unlocking::new(&view, &paths, None, &mut Readiness::new(view));
    for (offer, _) in offers(&view, &paths, &mut Readiness::new(view)) {
        assert_eq!(unlocking.by(&offer).count, 1, "{}", offer.item.reference());
    }
}

#[test]
fn at_most_two_resources_of_a_topic() {
    let paths = "
        path p
        stage s
        topic t
        skill a
        skill b
        resource r1 1h teaches=a
        resource r2 2h teaches=a
        resource r3 3h teaches=a
        resource r4 4h teaches=a
        topic u
        skill c
        resource r5 9h
        resource r6 10h
        resource r7 11h";
    assert_eq!(next(paths, ""), ["p/r1", "p/r2", "p/r5", "p/r6", "p/b"]);
    assert_eq!(next(paths, "p/r4=doing p/r3=doing"), ["p/r3", "p/r4", "p/r5", "p/r6", "p/b"]);
    // The wish comes first: two are chosen of what is as wished.
    let wish = Wish { hours: Some(10.0), ..Wish::default() };
    let found = recommended(&sketch(paths), &["p"], "p/r1=done", &wish);
    assert_eq!(found, ["p/r2", "p/r3", "p/r5", "p/r6"]);
}

#[test]
fn one_item_is_recommended_once() {
    let shelf = sketch(
        "path p
         stage s
         topic t
         skill a
         resource r 1h same=q/r
         path q
         stage s
         topic t
         skill a
         resource r 1h",
    );
    assert_eq!(recommended(&shelf, &["p", "q"], "", &Wish::default()), ["p/r"]);
    assert_eq!(recommended(&shelf, &["q", "p"], "", &Wish::default()), ["q/r"]);
    assert_eq!(recommended(&shelf, &["p", "q"], "q/r=done", &Wish::default()), ["p/a", "q/a"]);
}

#[test]
fn filters() {
    let shelf = sketch(
        "path p
         stage s
         topic t
         skill a
         resource docs 1h docs free teaches=a
         topic u
         skill b
         resource course 2h course paid
         topic v
         skill c
         resource video 0.5h video freemium
         topic w
         skill d
         resource ongoing book paid
         topic x 3h
         skill e
         milestone m 2h",
    );
    let base = Wish::default();
    for (wish, expected) in [
        (base.clone(), "video docs m course e ongoing"),
        (Wish { hours: Some(1.0), ..base.clone() }, "video docs"),
        (Wish { hours: Some(2.0), ..base.clone() }, "video docs m course"),
        (Wish { hours: Some(3.0), ..base.clone() }, "video docs m course e"),
        (Wish { free: true, ..base.clone() }, "video docs m e"),
        (Wish { kinds: vec![ResourceKind::Course], ..base.clone() }, "course"),
        (
            Wish { kinds: vec![ResourceKind::Book, ResourceKind::Docs], ..base.clone() },
            "docs ongoing",
        ),
        (
            Wish {
                hours: Some(1.0),
                free: true,
                kinds: vec![ResourceKind::Docs],
                ..Wish::default()
            },
            "docs",
        ),
    ] {
        let expected: Vec<String> = expected.split(' ').map(|id| format!("p/{id}")).collect();
        let found = recommended(&shelf, &["p"], "", &wish);
        // Equal worth and file order are tested elsewhere; here only what is left.
        let (found, expected): (HashSet<_>, HashSet<_>) =
            (found.into_iter().collect(), expected.into_iter().collect());
        assert_eq!(found, expected, "{wish:?}");
    }
    assert!(base.is_empty());
    assert!(!Wish { free: true, ..base }.is_empty());
}

#[test]
fn why_there_is_nothing() {
    let shelf = sketch(
        "path p
         stage s
         topic t 5h needs=q/x|o/y
         skill a
         resource r 2h paid
         topic u needs=t
         skill b
         milestone m 3h needs=q/t,gone/z
         milestone extra optional needs=o/y
         path q
         stage s
         topic t
         skill x
         path o
         stage s
         topic t
         skill y
         path circle
         stage s
         topic one needs=two
         skill k
         topic two needs=one
         skill l",
    );
    let blocked = |names: &[&str]| {
        let names: Vec<Ref> = names.iter().map(|name| Ref::from_text(name)).collect();
        format!("{:?}", Nothing::Blocked(names))
    };
    let finished = format!("{:?}", Nothing::Finished);
    let none = |least| format!("{:?}", Nothing::NoneAsWished(least));
    let all = "p/a=done p/b=done p/m=done";
    let short = Wish { hours: Some(1.0), ..Wish::default() };
    for (followed, marks, wish, expected) in [
        (&["p"][..], "", Wish::default(), blocked(&["q/x", "o/y", "q/t"])),
        (&["p"], "p/a=done p/b=done", Wish::default(), blocked(&["q/t"])),
        (&["p"], all, Wish::default(), finished.clone()),
        (&["p"], "p/a=skipped p/b=done p/m=skipped", Wish::default(), finished.clone()),
        // One is in the paths that were asked for, and would be recommended.
        (&["p", "q"], "", Wish::default(), "q/x".to_owned()),
        (&["p"], "o/y=done", short.clone(), none(Some(2.0))),
        (&["p"], "o/y=done p/r=done", short.clone(), none(Some(5.0))),
        (&["q"], "", short, none(None)),
        (&["circle"], "", Wish::default(), blocked(&["circle/two", "circle/one"])),
        (&[], "", Wish::default(), finished),
    ] {
        let found = recommended(&shelf, followed, marks, &wish);
        assert_eq!(found, [expected], "{followed:?} {marks}");
    }
}

#[test]
fn resources_are_the_goals_where_there_are_no_others() {
    let paths = "
        path p
        stage s
        topic t
        skill a optional
        resource r1
        resource r2 teaches=";
    assert_eq!(next(paths, ""), ["p/r1", "p/r2"]);
    assert_eq!(next(paths, "p/a=skipped"), ["p/r1", "p/r2"]);
    assert_eq!(next(paths, "p/a=done p/r1=done"), ["p/r2"]);
    assert_eq!(next(paths, "p/a=done p/r1=done p/r2=skipped"), ["Finished"]);
}

#[test]
fn each_says_why() {
    let paths = "
        path p
        stage s = Foundation
        topic t role=dev
        skill a = Alpha
        skill b = Beta
        resource r 0.75h freemium = Book
        milestone m 1h
        milestone n needs=b
        topic u
        skill c";
    let wish =
        Wish { hours: Some(1.0), free: true, role: Some("dev".to_owned()), ..Wish::default() };
    let texts = |because: &[(&'static str, String)]| -> Vec<String> {
        because.iter().map(|(code, text)| format!("{code}: {text}")).collect()
    };
    let found = reasons(paths, "p/r=doing p/b=doing", &wish);
    assert_eq!(
        texts(&found[0]),
        [
            "in-progress: in progress since 2026-01-01",
            "covers: teaches 2 open skills: Alpha, Beta",
            "unlocks: on the way to 1 more: n",
            "stage: in stage 1, Foundation",
            "fits-time: fits the time: 45 min",
            "free: freemium",
            "role: for the role dev",
        ]
    );
    assert_eq!(texts(&found[1])[0], "ready: all that it requires is done");
    let found = reasons(paths, "p/b=doing p/a=done", &Wish::default());
    assert_eq!(
        texts(&found[0])[..2],
        ["in-progress: teaches what is in progress: Beta", "covers: teaches 1 open skill: Beta"]
    );
    let found = reasons(paths, "p/a=done p/b=done p/m=done p/n=done", &Wish::default());
    let none_left = "no-resource-left: nothing is left to study for it: practise, or mark it done";
    assert_eq!(texts(&found[0]), [none_left, "stage: in stage 1, Foundation"]);
}

fn wishes() -> impl Strategy<Value = Wish> {
    (
        proptest::option::of(prop::sample::select(vec![0.5, 1.0, 3.0, 100.0])),
        any::<bool>(),
        prop::sample::subsequence(vec![ResourceKind::Docs, ResourceKind::Video], 0..=2),
        proptest::option::of(prop::sample::select(vec!["dev".to_owned(), "ops".to_owned()])),
    )
        .prop_map(|(hours, free, kinds, role)| Wish { hours, free, kinds, role, steer: None })
}

fn references(found: &Result<Vec<Recommendation<'_>>, Nothing>) -> Vec<Ref> {
    found.iter().flatten().map(|one| one.item.reference()).collect()
}

/// The standing after an item, and with a resource the open skills that it teaches, are done.
fn after(world: &World, standing: &Standing, item: &Item<'_>) -> Standing {
    let mut after = standing.clone();
    let topic = item.topic.into_iter().flat_map(|topic| &topic.skills);
    let taught = topic.filter(|skill| {
        item.resource().is_some_and(|resource| resource.skills.contains(&skill.tracked.id))
    });
    let taught = taught.map(|skill| Item { what: What::Skill(skill), ..*item });
    let taught = taught.filter(|skill| world.view(standing).is_open(skill));
    for item in std::iter::once(*item).chain(taught) {
        let state =
            ItemState { status: Status::Done, since: Some(day(12, 1)), ..ItemState::default() };
        after.put(&kept(&world.shelf, &item), Some(Subject::Item(state)));
    }
    after
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn what_is_recommended_can_be_done_now((world, log) in histories(), wish in wishes()) {
        let view = world.view(&log.standing);
        let paths = world.paths();
        let found = recommend(&view, &paths, &wish, usize::MAX);
        let mut seen = HashSet::new();
        let mut by_topic: HashMap<Ref, usize> = HashMap::new();
        for one in found.iter().flatten() {
            let item = one.item;
            prop_assert!(view.is_open(&item), "{}", item.reference());
            prop_assert!(view.is_ready(&Node::Item(item)), "{}", item.reference());
            prop_assert!(seen.insert(kept(&world.shelf, &item)), "{} twice", item.reference());
            prop_assert!(!one.because.is_empty());
            let mut codes: Vec<_> = one.because.iter().map(|because| because.code).collect();
            let count = codes.len();
            codes.sort_unstable();
            codes.dedup();
            prop_assert_eq!(codes.len(), count);
            if let (Some(topic), Some(resource)) = (item.topic, item.resource()) {
                *by_topic.entry(Ref::node(&item.roadmap.id, &topic.id)).or_default() += 1;
                prop_assert!(!wish.free || resource.is_free());
                prop_assert!(wish.kinds.is_empty() || wish.kinds.contains(&resource.kind));
            } else {
                prop_assert!(wish.kinds.is_empty());
            }
            if let Some(hours) = wish.hours {
                prop_assert!(item.hours().is_some_and(|needs| needs <= hours));
            }
        }
        prop_assert!(by_topic.values().all(|count| *count <= MOST_OF_A_TOPIC), "{:?}", by_topic);
        if let Ok(found) = &found {
            prop_assert!(!found.is_empty());
        }
    }

    #[test]
    fn the_same_question_has_the_same_answer(
        (world, log) in histories(),
        wish in wishes(),
        most in 0..6_usize,
    ) {
        let view = world.view(&log.standing);
        let paths = world.paths();
        let all = recommend(&view, &paths, &wish, usize::MAX);
        let again = recommend(&world.clone().view(&log.standing.clone()), &paths, &wish, usize::MAX);
        prop_assert_eq!(references(&all), references(&again));
        let some = recommend(&view, &paths, &wish, most);
        prop_assert_eq!(some.is_ok(), all.is_ok());
        let first: Vec<Ref> = references(&all).into_iter().take(most).collect();
        prop_assert_eq!(references(&some), first);
        match (all, some) {
            (Err(all), Err(some)) => prop_assert_eq!(all, some),
            (Ok(_), Ok(_)) => {}
            _ => prop_assert!(false),
        }
    }

    #[test]
    fn nothing_is_told_only_when_there_is_nothing((world, log) in histories()) {
        let view = world.view(&log.standing);
        for roadmap in &world.shelf {
            let found = recommend(&view, &[roadmap], &Wish::default(), 5);
            let path = Node::Path(roadmap);
            match found {
                Ok(_) => {}
                Err(Nothing::Finished) => prop_assert!(view.is_finished(&path)),
                Err(Nothing::NoneAsWished(_)) => prop_assert!(false, "nothing was wished"),
                Err(Nothing::Blocked(blockers)) => {
                    prop_assert!(!blockers.is_empty());
                    for node in holdable(roadmap) {
                        prop_assert!(view.is_finished(&node) || !view.is_ready(&node));
                    }
                    // Each can be found and is open.
                    for blocker in &blockers {
                        let node = find(&world.shelf, blocker);
                        prop_assert!(node.is_some_and(|node| !view.is_finished(&node)));
                    }
                    let outside = blockers.iter().filter(|one| one.path() != roadmap.id).count();
                    prop_assert!(outside == 0 || outside == blockers.len(), "{:?}", blockers);
                }
            }
        }
    }

    #[test]
    fn a_wish_only_leaves_out((world, log) in histories(), wish in wishes()) {
        let view = world.view(&log.standing);
        let paths = world.paths();
        let all = recommend(&view, &paths, &Wish::default(), usize::MAX);
        let some = recommend(&view, &paths, &wish, usize::MAX);
        match some {
            Ok(_) => prop_assert!(all.is_ok()),
            Err(Nothing::NoneAsWished(least)) => {
                let all: Vec<Item<'_>> = all.iter().flatten().map(|one| one.item).collect();
                prop_assert!(!all.is_empty());
                prop_assert!(all.iter().all(|item| !is_as_wished(item, &wish)));
                let shown = all.iter().filter_map(Item::hours).min_by(f64::total_cmp);
                // Only two of a topic are shown, so that there may be a shorter one.
                prop_assert!(least <= shown || shown.is_none(), "{:?} {:?}", least, shown);
            }
            Err(why) => prop_assert_eq!(Some(why), all.err()),
        }
    }

    #[test]
    fn what_becomes_ready_was_announced((world, log) in histories()) {
        let view = world.view(&log.standing);
        let paths = world.paths();
        let waiting = |node: &Node<'_>| !view.is_ready(node) && !view.is_finished(node);
        let blocked: Vec<Node<'_>> =
            paths.iter().flat_map(|path| holdable(path)).filter(waiting).collect();
        let offers = offers(&view, &paths, &mut Readiness::new(view));
        let mut unlocking = Unlocking::new(&view, &paths, None, &mut Readiness::new(view));
        for (offer, _) in &offers {
            let unlocks = unlocking.by(offer);
            prop_assert!(unlocks.count <= blocked.len());
            prop_assert_eq!(unlocks.direct.is_empty(), unlocks.count == 0);
            let standing = after(&world, &log.standing, &offer.item);
            let after = world.view(&standing);
            let ready = blocked.iter().filter(|node| after.is_ready(node)).count();
            prop_assert!(ready <= unlocks.count, "{}: {}", offer.item.reference(), unlocks.count);
        }
    }

    #[test]
    fn whatever_is_open_gets_its_turn((world, log) in histories()) {
        // Doing what is recommended first, again and again, ends, and ends with nothing ready.
        let mut standing = log.standing.clone();
        for roadmap in &world.shelf {
            let mut left = world.items().len() + 1;
            loop {
                let view = world.view(&standing);
                let Ok(found) = recommend(&view, &[roadmap], &Wish::default(), 1) else { break };
                standing = after(&world, &standing, &found[0].item);
                left -= 1;
                prop_assert!(left > 0, "it goes round in a circle");
            }
            let view = world.view(&standing);
            for node in holdable(roadmap) {
                prop_assert!(view.is_finished(&node) || !view.is_ready(&node));
            }
        }
    }
}
