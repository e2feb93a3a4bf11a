use super::*;
use crate::model::effort::DAY;
use milepost_path::{HIGHEST, NodeKind};
use proptest::prelude::*;

fn any_item() -> impl Strategy<Value = AsMarked> {
    let hours = || proptest::option::of(0.0f64..1e4);
    let kinds = [NodeKind::Skill, NodeKind::Resource, NodeKind::Milestone];
    let kind = proptest::sample::select(kinds.to_vec());
    let criteria = proptest::collection::vec(".*", 0..3);
    (kind, hours(), any::<bool>(), hours(), criteria).prop_map(
        |(kind, hours, is_goal, of, criteria)| AsMarked {
            kind,
            within: Ref::from_text("a/t"),
            hours,
            is_goal,
            of,
            criteria,
        },
    )
}

fn any_fact() -> impl Strategy<Value = EventKind> {
    let remark = (proptest::option::of(".*"), proptest::collection::vec(".*", 0..3))
        .prop_map(|(note, evidence)| Annotation { note, evidence });
    let day = || {
        proptest::option::of(0i32..1_000_000)
            .prop_map(|day| day.and_then(NaiveDate::from_num_days_from_ce_opt))
    };
    let goals = (day(), proptest::option::of(0.1f64..100.0), proptest::option::of(".*"))
        .prop_map(|(target_on, hours_per_week, role)| Goals { target_on, hours_per_week, role });
    prop_oneof![
        goals.prop_map(EventKind::Started),
        Just(EventKind::Stopped),
        (
            proptest::sample::select(Status::ALL.to_vec()),
            any::<bool>(),
            remark.clone(),
            proptest::option::of(any_item())
        )
            .prop_map(|(status, known, remark, item)| EventKind::Marked {
                status,
                known,
                remark,
                item: item.map(Box::new)
            }),
        (
            proptest::sample::select(Status::ALL.to_vec()),
            any::<bool>(),
            any::<bool>(),
            remark.clone()
        )
            .prop_map(|(status, dated, known, remark)| {
                EventKind::Corrected { status, dated, known, remark }
            }),
        remark.clone().prop_map(EventKind::Noted),
        (any::<u128>(), any::<u16>()).prop_map(|(id, number)| {
            EventKind::Unnoted(Part { event: Uuid::from_u128(id), number })
        }),
        (any::<u128>(), any::<u16>()).prop_map(|(id, number)| {
            EventKind::Redacted(Part { event: Uuid::from_u128(id), number })
        }),
        day().prop_map(EventKind::Snoozed),
        (0..=HIGHEST as u8, remark.clone())
            .prop_map(|(level, remark)| EventKind::Assessed { level, remark }),
        (proptest::option::of(0i32..1_000_000), proptest::option::of(".*")).prop_map(
            |(to, why)| EventKind::Away {
                to: to.and_then(NaiveDate::from_num_days_from_ce_opt),
                why
            }
        ),
        (1..=DAY, proptest::option::of(0..DAY), any::<bool>(), remark).prop_map(
            |(minutes, from, begins, remark)| EventKind::Studied {
                session: Session { minutes, from },
                begins,
                remark
            }
        ),
        proptest::sample::select(Grade::ALL.to_vec())
            .prop_map(|grade| EventKind::Answered { grade }),
        ".*".prop_map(|from| EventKind::Renamed(Ref::from_text(&from))),
        (".*", proptest::option::of(".*")).prop_map(|(title, url)| {
            EventKind::SetApart(Thing {
                kind: Some(NodeKind::Skill),
                title,
                url,
                levels: Vec::new(),
            })
        }),
        any::<u128>().prop_map(|id| EventKind::Undone(Uuid::from_u128(id))),
        any::<u128>().prop_map(|id| EventKind::Redone(Uuid::from_u128(id))),
    ]
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(
        fact in any_fact(),
        title in proptest::option::of(".*"),
        name in proptest::option::of(".*"),
    ) {
        let by = name.map(|name| Actor::claimed("mcp", &name));
        let entry = NewEvent { subject: Ref::from_text("a/b"), title, fact };
        let read = NewEvent::read("a/b", entry.action(), &entry.payload(by.as_ref()).unwrap()).unwrap();
        prop_assert_eq!(read, (entry, by));
    }

    #[test]
    fn no_payload_makes_a_panic(action in ".*", payload in ".*") {
        let _ = NewEvent::read("a/b", &action, &payload);
    }
}

#[test]
fn the_serial_form_stays_as_it_is() {
    let entry = NewEvent {
        subject: Ref::from_text("ai-integration/fastapi"),
        title: Some("FastAPI".to_owned()),
        fact: EventKind::Marked {
            status: Status::Done,
            known: true,
            remark: Annotation { note: Some("n".to_owned()), evidence: vec!["e".to_owned()] },
            item: None,
        },
    };
    assert_eq!(entry.action(), "done");
    assert_eq!(
        entry.payload(None).unwrap(),
        r#"{"v":1,"title":"FastAPI","note":"n","evidence":["e"],"known":true}"#
    );
    assert_eq!(
        entry.payload(Some(&Actor::claimed("mcp", "claude-code"))).unwrap(),
        r#"{"v":1,"title":"FastAPI","note":"n","evidence":["e"],"known":true,"by":"mcp:claude-code"}"#
    );
    let remark = Annotation { note: None, evidence: vec!["e".to_owned()] };
    let studied = |from, begins| EventKind::Studied {
        session: Session { minutes: 45, from },
        begins,
        remark: Annotation::default(),
    };
    let role = Some("ai-engineer".to_owned());
    let item = |kind, hours, is_goal, of, criteria: &[&str]| EventKind::Marked {
        status: Status::Done,
        known: false,
        remark: Annotation::default(),
        item: Some(Box::new(AsMarked {
            kind,
            within: Ref::from_text("a/t"),
            hours,
            is_goal,
            of,
            criteria: criteria.iter().map(|text| (*text).to_owned()).collect(),
        })),
    };
    for (fact, payload) in [
        (
            item(NodeKind::Skill, Some(4.5), true, None, &[]),
            r#"{"v":1,"item":{"kind":"skill","in":"a/t","hours":4.5,"goal":true}}"#,
        ),
        (
            item(NodeKind::Resource, Some(3.0), false, Some(9.0), &[]),
            r#"{"v":1,"item":{"kind":"resource","in":"a/t","hours":3.0,"of":9.0}}"#,
        ),
        (
            item(NodeKind::Milestone, None, false, None, &["c"]),
            r#"{"v":1,"item":{"kind":"milestone","in":"a/t","criteria":["c"]}}"#,
        ),
        (EventKind::Assessed { level: 2, remark }, r#"{"v":1,"evidence":["e"],"level":2}"#),
        (EventKind::Answered { grade: Grade::Hard }, r#"{"v":1,"grade":"hard"}"#),
        (EventKind::Snoozed(None), r#"{"v":1}"#),
        (
            EventKind::Corrected {
                status: Status::Done,
                dated: true,
                known: true,
                remark: Annotation::default(),
            },
            r#"{"v":1,"known":true,"status":"done","dated":true}"#,
        ),
        (
            EventKind::Snoozed(NaiveDate::from_ymd_opt(2026, 12, 24)),
            r#"{"v":1,"until":"2026-12-24"}"#,
        ),
        (
            EventKind::Away { to: NaiveDate::from_ymd_opt(2027, 1, 3), why: Some("n".to_owned()) },
            r#"{"v":1,"note":"n","to":"2027-01-03"}"#,
        ),
        (EventKind::Away { to: None, why: None }, r#"{"v":1}"#),
        (studied(None, false), r#"{"v":1,"minutes":45}"#),
        (EventKind::Renamed(Ref::from_text("a/k")), r#"{"v":1,"renamed_from":"a/k"}"#),
        (
            EventKind::SetApart(Thing {
                kind: Some(NodeKind::Skill),
                title: "Bread".to_owned(),
                url: None,
                levels: Vec::new(),
            }),
            r#"{"v":1,"was":{"kind":"skill","title":"Bread"}}"#,
        ),
        (studied(Some(1170), true), r#"{"v":1,"minutes":45,"from":1170,"begins":true}"#),
        (
            EventKind::Started(Goals { target_on: None, hours_per_week: Some(5.0), role }),
            r#"{"v":1,"hours_per_week":5.0,"role":"ai-engineer"}"#,
        ),
    ] {
        let entry = NewEvent { subject: Ref::from_text("a"), title: None, fact };
        assert_eq!(entry.payload(None).unwrap(), payload);
    }
}

#[test]
fn what_is_erased_leaves_the_rest_and_says_so() {
    let sum = |text: &str| text.len() as i64;
    let written = r#"{"v":1,"title":"T","note":"n","evidence":["e","f"],"known":true}"#;
    let once = erased(written, 1, sum).unwrap().unwrap();
    assert_eq!(
        once,
        r#"{"v":1,"title":"T","note":"n","evidence":["","f"],"known":true,"left":"000000000000003f"}"#
    );
    let twice = erased(&once, 0, sum).unwrap().unwrap();
    assert!(twice.contains(r#""note":"","evidence":["","f"]"#), "{twice}");
    for payload in [&once, &twice] {
        assert!(is_erased(payload, sum), "{payload}");
        assert!(!is_erased(payload, |_| 0), "{payload}");
        assert!(NewEvent::read("a/b", "done", payload).is_ok(), "{payload}");
    }
    assert!(!is_erased(written, sum), "nothing was erased");
    for number in [3, 9] {
        assert_eq!(erased(written, number, sum).unwrap(), None);
    }
    assert_eq!(erased(&once, 1, sum).unwrap(), None, "it is gone already");
    assert!(has_text(&once, 0) && has_text(&once, 2) && !has_text(&once, 1));
}

#[test]
fn what_it_does_not_know_it_refuses() {
    for (action, payload) in [
        ("done", r#"{"v":2}"#),
        ("done", r#"{"v":1,"mood":"good"}"#),
        ("finished", r#"{"v":1}"#),
        ("undone", r#"{"v":1}"#),
        ("corrected", r#"{"v":1,"dated":true}"#),
        ("corrected", r#"{"v":1,"status":"gone"}"#),
        ("redacted", r#"{"v":1}"#),
        ("renamed", r#"{"v":1}"#),
        ("set_apart", r#"{"v":1}"#),
        ("set_apart", r#"{"v":1,"was":{"kind":"skill"}}"#),
        ("unnoted", r#"{"v":1,"part":1}"#),
        ("unnoted", r#"{"v":1,"event":"00000000-0000-0000-0000-000000000001"}"#),
        ("assessed", r#"{"v":1}"#),
        ("assessed", r#"{"v":1,"level":5}"#),
        ("answered", r#"{"v":1}"#),
        ("answered", r#"{"v":1,"grade":"fair"}"#),
        ("studied", r#"{"v":1}"#),
        ("studied", r#"{"v":1,"minutes":0}"#),
        ("studied", r#"{"v":1,"minutes":1441}"#),
        ("studied", r#"{"v":1,"minutes":45,"from":1440}"#),
        ("done", r#"{"v":1,"item":{"kind":"topic","in":"a/t"}}"#),
        ("done", r#"{"v":1,"item":{"kind":"skill","in":"a/t","hours":-1.0}}"#),
        ("done", r#"{"v":1,"item":{"kind":"skill","in":"a/t","mood":"good"}}"#),
        ("done", r#"{"v":1,"item":{"kind":"skill"}}"#),
        ("done", r#"{"v":1,"by":""}"#),
        ("done", r#"{"v":1,"by":"a\u202eb"}"#),
        ("done", r#"{"v":1,"by":1}"#),
        ("done", "{}"),
        ("done", ""),
    ] {
        assert!(NewEvent::read("a/b", action, payload).is_err(), "{action} {payload}");
    }
}
