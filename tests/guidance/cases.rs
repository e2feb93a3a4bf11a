//! Cases in the shipped paths that a wrong rule of the order would break, each with the rule.

use milepost_core::Status;
use milepost_core::guidance::{LeftOut, Reason};
use milepost_core::internals::guidance::NextFilter;
use milepost_path::{Ref, Roadmap};

use super::learner::*;
use super::measure::measure;
use super::sandbox::Sandbox;

/// Where in the plan something is.
fn place(plan: &[String], id: &str) -> Option<usize> {
    plan.iter().position(|step| step == id)
}

/// Whether a plan has all of these, in this order.
fn comes_in_order(plan: &[String], ids: &[&str]) -> bool {
    let places: Vec<Option<usize>> = ids.iter().map(|id| place(plan, id)).collect();
    places.iter().all(Option::is_some) && places.is_sorted()
}

/// A long course stands in for four short ones together: one of them that is done leaves it out, and
/// it covers them all from when it is begun.
#[test]
fn a_course_that_stands_in_for_four_covers_them_only_when_it_is_begun() {
    let catalog = catalog();
    let mut learner = Walker::new(&catalog, AI).knows(FOUNDATIONS);
    let four = ["vllm-docs", "ml-observability-course", "llmops-testing", "ml-ci-cd"];
    learner.mark("ai-integration/vllm-docs", Status::Done);
    let plan = learner.plan_ids();
    assert!(comes_in_order(&plan, &four[1..]), "{plan:?}");
    assert_eq!(place(&plan, "mlops-zoomcamp"), None);
    learner.mark("ai-integration/vllm-docs", Status::Todo);
    learner.mark("ai-integration/mlops-zoomcamp", Status::Doing);
    let plan = learner.plan_ids();
    assert_eq!(plan[0], "mlops-zoomcamp");
    assert!(four.iter().all(|id| place(&plan, id).is_none()), "{plan:?}");
    learner.mark("ai-integration/mlops-zoomcamp", Status::Todo);
    let plan = learner.plan_ids();
    assert!(comes_in_order(&plan, &four), "{plan:?}");
    assert_eq!(place(&plan, "mlops-zoomcamp"), None);
}

/// One of two that an alternative names is done: the alternative is out, and what only the skipped one
/// taught is asked for once the rest of its topic is studied.
#[test]
fn an_alternative_to_something_done_never_stands_in_for_what_is_skipped() {
    let catalog = catalog();
    let learner = Walker::new(&catalog, AI)
        .knows(PROGRAMMER)
        .with(&["ai-integration/fastapi-docs"], Status::Done)
        .with(&["ai-integration/fastapi-security"], Status::Skipped);
    let plan = learner.plan_ids();
    assert_eq!(
        plan[..3],
        ["rest-api-design", "api-development-video", "fastapi+rest-principles+api-security?"]
    );
    for id in ["fastapi-udemy", "fastapi-book"] {
        assert_eq!(place(&plan, id), None);
    }
}

/// A course of 90 hours stands in for two papers together, not for one of them.
#[test]
fn a_course_does_not_come_for_one_paper_of_two() {
    let catalog = catalog();
    let skipping = |papers: &[&str]| {
        Walker::new(&catalog, ML).knows(FOUNDATIONS).with(papers, Status::Skipped).plan_ids()
    };
    let one = skipping(&["ml-engineering/lora-paper"]);
    assert_eq!(place(&one, "cs330"), None);
    assert!(comes_in_order(&one, &["peft-docs", "tinyml-course", "maml-paper"]), "{one:?}");
    let both = skipping(&["ml-engineering/lora-paper", "ml-engineering/maml-paper"]);
    assert_eq!(both.iter().filter(|step| *step == "cs330").count(), 1);
    // In the place of the paper: before what comes after that in the file.
    assert!(comes_in_order(&both, &["cs330", "peft-docs", "tinyml-course"]), "{both:?}");
}

/// What is free takes the place of what must be paid for, not its own.
#[test]
fn what_is_free_comes_where_what_is_paid_for_would_come() {
    let catalog = catalog();
    let learner = Walker::new(&catalog, ML).knows(FOUNDATIONS).free();
    let plan = learner.plan_ids();
    assert_eq!(plan[..2], ["cs229-lectures", "islp"]);
    assert_eq!(place(&plan, "ml-specialization"), None);
    let turn = learner.turn().unwrap();
    let is_free = |one: &Reason| matches!(one, Reason::Instead { because: LeftOut::Paid, .. });
    assert!(turn.why.iter().any(is_free), "{:?}", turn.why);
    // Where nothing free teaches it, the skill itself is asked for, and nobody waits.
    let only_paid = NextFilter { free: true, ..NextFilter::default() };
    let text = with_a_paid_core();
    let shelf: Vec<Roadmap> = vec![milepost_path::read(&text).roadmap.unwrap()];
    let view = milepost_core::internals::learner::Learner {
        shelf: &shelf,
        standing: &milepost_core::internals::standing::Standing::default(),
    };
    let guide = milepost_core::internals::guidance::Guide::new(&view, &[&shelf[0]], &only_paid);
    let steps = guide.plan(false);
    let ids: Vec<&str> = steps.iter().map(|step| step.act.items()[0].id()).collect();
    assert_eq!(ids, ["a", "read-b", "b"]);
    let proofs = guide.to_prove();
    let paid: Vec<&str> = proofs[0].unwanted.iter().map(|one| one.id()).collect();
    assert_eq!((proofs[0].item.id(), paid), ("a", vec!["buy-a"]));
}

fn with_a_paid_core() -> String {
    r#"
format = 1
id = "p"
title = "P"
[[stages]]
id = "s"
title = "S"
[[stages.topics]]
id = "t"
title = "T"
hours = 5
skills = [{ id = "a", title = "A" }]
[[stages.topics.resources]]
id = "buy-a"
title = "Buy A"
url = "https://example.com/a"
type = "course"
cost = "paid"
hours = 5
[[stages.topics]]
id = "u"
title = "U"
hours = 5
skills = [{ id = "b", title = "B" }]
[[stages.topics.resources]]
id = "read-b"
title = "Read B"
url = "https://example.com/b"
type = "course"
cost = "free"
hours = 5
"#
    .to_owned()
}

/// A topic of which everything is skipped is one block of questions, and no dead end.
#[test]
fn a_topic_of_which_everything_is_skipped_is_asked_for_at_once() {
    let catalog = catalog();
    let mut learner = Walker::new(&catalog, AI).knows(PROGRAMMER);
    let roadmap = learner.paths[1];
    let topic = &roadmap.stages[0].topics[0];
    for resource in &topic.resources {
        let reference = Ref::node(&roadmap.id, &resource.tracked.id);
        learner.mark(reference.as_str(), Status::Skipped);
    }
    let plan = learner.plan_ids();
    assert_eq!(plan[..2], ["fastapi+rest-principles+api-security?", "aws-essentials"]);
    assert_eq!(learner.next_ids(1), ["aws-essentials"]);
}

/// A milestone that is ready in its effective stage comes before whatever else its topics still have.
#[test]
fn a_milestone_that_is_ready_comes_before_open_skills_of_a_later_stage() {
    let catalog = catalog();
    let learner = Walker::new(&catalog, AI).knows(FOUNDATIONS).knows(&[
        "ai-integration/api-development",
        "ai-integration/pretrained-models",
        "ai-integration/cloud-platforms",
        "ai-integration/faiss",
        "ai-integration/sentence-transformers",
        "ai-integration/pretrained-model-api",
        "ai-integration/cloud-function",
    ]);
    assert_eq!(learner.next_ids(1), ["vector-search-service"]);
    assert_eq!(learner.plan_ids()[0], "vector-search-service");
}

/// A topic that an earlier stage's milestone needs belongs to that stage, so the milestone of the
/// later stage comes after it although it would be ready before; and the reason says so.
#[test]
fn what_an_earlier_stage_needs_comes_before_a_milestone_of_a_later_one() {
    let catalog = catalog();
    let mut learner = Walker::new(&catalog, AI).knows(PROGRAMMER);
    let plan = learner.plan_ids();
    let order = ["vllm-docs", "ml-observability-course", "qa-system", "large-scale-optimization"];
    assert!(comes_in_order(&plan, &order), "{plan:?}");
    learner.follow_to("vllm-docs");
    learner.finish(&[Ref::from_text("ai-integration/model-serving")]);
    let large = learner.item(&Ref::from_text("ai-integration/large-scale-optimization"));
    assert!(learner.view().is_ready(&milepost_path::Node::Item(large)));
    let turn = learner.turn().unwrap();
    assert_eq!(turn.items[0].id(), Some("ml-observability-course"));
    let is_of_two = |one: &Reason| matches!(one, Reason::NeededFor { stage: Some(2), .. });
    assert!(turn.why.iter().any(is_of_two), "{:?}", turn.why);
}

/// What is skipped holds nobody back.
#[test]
fn a_skipped_milestone_holds_back_nothing_that_requires_it() {
    let catalog = catalog();
    let learner = Walker::new(&catalog, AI)
        .knows(PROGRAMMER)
        .with(&["ai-integration/qa-system"], Status::Skipped);
    let plan = learner.plan_ids();
    assert_eq!(place(&plan, "qa-system"), None);
    assert!(comes_in_order(&plan, &["enterprise-ai-system", "lead-integration"]), "{plan:?}");
}

/// What needs a topic that is snoozed waits for its day, and what is first is elsewhere; on its day all
/// is as before.
#[test]
fn what_needs_a_snoozed_topic_waits_and_the_head_is_elsewhere() {
    let catalog = catalog();
    let awake = Walker::new(&catalog, AI).knows(PROGRAMMER);
    let mut learner = Walker::new(&catalog, AI).knows(PROGRAMMER);
    let until = learner.today() + chrono::Days::new(30);
    learner.snooze("ai-integration/api-development", until);
    assert_eq!(awake.next_ids(1), ["fastapi-docs"]);
    assert_eq!(learner.next_ids(1), ["aws-essentials"]);
    let of_topic = ["fastapi-docs", "rest-api-design", "fastapi-security", "api-development-video"];
    let steps = learner.plan();
    let first = steps.iter().position(|step| step.not_before == Some(until)).unwrap();
    for (at, step) in steps.iter().enumerate() {
        for item in step.act.items() {
            assert!(at >= first || !of_topic.contains(&item.id()), "{}", item.id());
            // The service needs the topic.
            assert!(at >= first || item.id() != "pretrained-model-api");
        }
    }
    let others = learner.next_ids(9);
    assert!(others.iter().all(|id| !of_topic.contains(&id.as_str())), "{others:?}");
    learner.wait_until(until);
    assert_eq!(learner.plan_ids(), awake.plan_ids());
}

/// A topic that is begun is finished first, whatever role is set or area assessed in the middle.
#[test]
fn a_role_or_an_assessment_changes_nothing_in_the_topic_that_is_begun() {
    let catalog = catalog();
    let mut learner = Walker::new(&catalog, AI).knows(PROGRAMMER);
    learner.follow_to("fastapi-docs");
    let before = learner.plan_ids();
    let rest = ["rest-api-design", "fastapi-security", "api-development-video"];
    assert_eq!(before[..3], rest);
    learner.aim_at("ai-engineer");
    let with_role = learner.plan_ids();
    assert_eq!(with_role[..4], before[..4]);
    assert_ne!(with_role, before);
    for area in ["prompting", "retrieval", "serving", "foundations"] {
        learner.assess(area, 3);
    }
    let assessed = learner.plan_ids();
    assert_eq!(assessed[..4], before[..4]);
    assert_ne!(assessed, with_role);
}

/// A milestone of a required path is for learners who studied what it proves.
#[test]
fn the_tested_project_is_for_whoever_studied_what_it_proves() {
    let catalog = catalog();
    let credited = Walker::new(&catalog, AI).knows(PROGRAMMER).plan_ids();
    assert_eq!(credited[0], "fastapi-docs");
    assert_eq!(place(&credited, "tested-python-project"), None);
    let skills = ["python", "git", "sql", "ide", "terminal", "docker", "api-concepts"]
        .map(|id| format!("foundations/{id}"));
    let skills = skills.each_ref().map(String::as_str);
    let studied = Walker::new(&catalog, AI).with(&skills, Status::Done).plan_ids();
    assert_eq!(studied[..2], ["tested-python-project", "fastapi-docs"]);
}

/// What nothing needs is not planned unless asked for, and then comes last.
#[test]
fn the_rest_of_a_required_path_comes_after_everything_that_is_needed() {
    let catalog = catalog();
    let learner = Walker::new(&catalog, AI);
    assert!(learner.plan().iter().all(|step| !step.is_rest));
    let guide = learner.guide();
    let all = guide.plan(true);
    let first = all.iter().position(|step| step.is_rest).unwrap();
    assert!(all[first..].iter().all(|step| step.is_rest));
    let rest: Vec<&str> =
        all[first..].iter().flat_map(|step| step.act.items()).map(|one| one.id()).collect();
    assert!(rest.contains(&"algorithms") && rest.contains(&"linear-algebra"), "{rest:?}");
    let others = learner.plan_ids();
    assert!(rest.iter().all(|id| place(&others, id).is_none()), "{rest:?}");
}

/// What is optional costs the others nothing.
#[test]
fn an_optional_skill_changes_no_hours_of_the_others() {
    let catalog = catalog();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/paths/ai-integration.toml");
    let text = std::fs::read_to_string(file).unwrap();
    let skill = "{ id = \"fastapi\", ";
    assert!(text.contains(skill));
    let extra = "{ id = \"extra\", title = \"Extra\", optional = true },\n  { id = \"fastapi\", ";
    let read = |text: &str| {
        let foundations = catalog.roadmap("foundations").unwrap().clone();
        vec![foundations, milepost_path::read(text).roadmap.unwrap()]
    };
    let (plain, more) = (read(&text), read(&text.replace(skill, extra)));
    let measures = |shelf: &Vec<Roadmap>| {
        let learner = Walker::on(&catalog, shelf, AI).knows(PROGRAMMER);
        let measures = measure(&learner.plan(), "ai-integration");
        (measures.needed, measures.total, measures.first, learner.plan_ids())
    };
    assert_eq!(measures(&plain), measures(&more));
}

/// Questions take no step's place and are few; who answers none is told what they wait for.
#[test]
fn whoever_proves_nothing_sees_three_questions_and_is_told() {
    let catalog = catalog();
    let mut learner = Walker::new(&catalog, AI).knows(PROGRAMMER);
    let sandbox = Sandbox::following("ai-integration");
    sandbox.ok([&["done", "--known", "--yes"][..], PROGRAMMER].concat());
    let (turns, _) = learner.follow_silently();
    for turn in turns {
        sandbox.ok(["done", turn.items[0].as_str(), "--yes"]);
    }
    let said = sandbox.ok(["next"]);
    assert_eq!(said.lines().filter(|line| line.starts_with("? ")).count(), 3, "{said}");
    let more = learner.asked().len() - 3;
    assert!(said.contains(&format!("and {more} more")), "{said}");
    assert!(said.contains("nothing else is ready: prove what you studied"), "{said}");
}

/// A skill that something left still teaches is not asked for, nor marked with what was studied.
#[test]
fn a_skill_is_not_asked_for_while_something_left_teaches_it() {
    let sandbox = Sandbox::following("ai-integration");
    sandbox.ok([&["done", "--known", "--yes"][..], PROGRAMMER].concat());
    sandbox.ok(["done", "faiss-missing-manual", "--with-skills"]);
    assert_eq!(sandbox.json(["show", "faiss"])["status"], "todo");
    sandbox.ok(["done", "faiss-wiki", "--with-skills"]);
    assert_eq!(sandbox.json(["show", "faiss"])["status"], "done");
    let catalog = catalog();
    let mut learner = Walker::new(&catalog, AI).knows(PROGRAMMER);
    learner.follow_to("faiss-missing-manual");
    assert_eq!(learner.asked(), [""; 0]);
    assert_eq!(learner.next_ids(1), ["faiss-wiki"]);
    learner.follow_to("faiss-wiki");
    assert_eq!(learner.asked(), ["faiss"]);
}

/// What a followed path requires of another followed path comes once, when it is needed.
#[test]
fn what_two_followed_paths_share_comes_once() {
    let catalog = catalog();
    let alone = Walker::new(&catalog, &["ai-integration"]).plan_ids();
    assert_eq!(Walker::new(&catalog, AI).plan_ids(), alone);
    assert_eq!(Walker::new(&catalog, &["ai-integration", "foundations"]).plan_ids(), alone);
    let both = Walker::new(&catalog, &["foundations", "ai-integration", "ml-engineering"]);
    let plan = both.plan();
    let mut seen = std::collections::BTreeSet::new();
    for item in plan.iter().flat_map(|step| step.act.items()) {
        assert!(seen.insert(both.kept(item)), "{} comes twice", item.reference());
    }
}
