//! What holds of the plan of anybody.

use super::*;

/// The paths, what was done in them, and the numbers that choose what is asked for.
fn filters(numbers: u8) -> NextFilter<'static> {
    // Before, between and after the days until which something is snoozed.
    let today = day(u64::from(numbers) * 2);
    NextFilter { free: numbers.is_multiple_of(3), today, ..NextFilter::default() }
}

fn reached(
    world: &World,
    standing: &Standing,
    filter: &NextFilter<'_>,
) -> Result<(), TestCaseError> {
    let mut standing = standing.clone();
    // What is logged for later begins to count while the plan waits.
    let past = standing.efforts().iter().filter(|effort| effort.on <= filter.today).cloned();
    standing.put_efforts(past.collect());
    let view = viewed(world, &standing);
    let paths = world.paths();
    let steps = Guide::new(&view, &paths, filter).plan(true);
    let Some(head) = steps.first() else { return Ok(()) };
    let after = apply(head, &view, day(4_000));
    let today = head.not_before.unwrap_or(filter.today);
    let filter = &NextFilter { today, ..filter.clone() };
    let rest = Guide::new(&viewed(world, &after), &paths, filter).plan(true);
    let expected = &steps[1..];
    // Time is logged in whole minutes.
    let is_near = |(one, other): (&Step<'_>, &Step<'_>)| (one.hours - other.hours).abs() < 0.01;
    let is_same = rest.iter().zip(expected).all(is_near) && acts(&rest) == acts(expected);
    prop_assert!(is_same, "{:?} {:#?} {:#?}", lines(&steps[..1]), lines(&rest), lines(expected));
    Ok(())
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn the_plan_after_its_first_step_is_the_rest_of_it(
        (world, log) in histories(),
        numbers in any::<u8>(),
    ) {
        reached(&world, &log.standing, &filters(numbers))?;
    }

    #[test]
    fn so_it_is_where_time_was_logged(
        (world, log) in histories(),
        numbers in any::<u8>(),
        minutes in prop::collection::vec((any::<u16>(), 0..9_000_u32), 0..12),
    ) {
        let mut standing = standing::fold(&log.events);
        let mut efforts = standing.efforts().to_vec();
        for path in &world.shelf {
            let topics = path.stages.iter().flat_map(|stage| &stage.topics).map(|one| &one.id);
            let items = path.items().map(|item| progress_ref(&world.shelf, &item));
            let subjects = topics.map(|id| Ref::node(&path.id, id)).chain(items);
            let subjects: Vec<Ref> = subjects.collect();
            for (at, minutes) in &minutes {
                let subject = subjects.get(usize::from(*at) % subjects.len().max(1));
                efforts.extend(subject.map(|subject| Effort {
                    on: day(u64::from(*at) % 300),
                    subject: subject.clone(),
                    minutes: *minutes,
                }));
            }
        }
        standing.put_efforts(efforts);
        reached(&world, &standing, &filters(numbers))?;
    }

    #[test]
    fn a_plan_ends_with_nothing_open_that_can_be_done(
        (world, log) in histories(),
        numbers in any::<u8>(),
    ) {
        let view = viewed(&world, &log.standing);
        let paths = world.paths();
        let filter = NextFilter { free: false, ..filters(numbers) };
        let steps = Guide::new(&view, &paths, &filter).plan(true);
        let mut seen = std::collections::HashSet::new();
        let mut standing = log.standing.clone();
        for step in &steps {
            for item in step.act.items() {
                prop_assert!(seen.insert(progress_ref(&world.shelf, item)), "twice: {}", item.reference());
                prop_assert!(view.is_open(item));
            }
            standing = apply(step, &viewed(&world, &standing), day(5_000));
        }
        let after = viewed(&world, &standing);
        prop_assert!(Guide::new(&after, &paths, &filter).plan(true).is_empty());
    }

    #[test]
    fn what_is_snoozed_is_in_no_plan_before_its_day(
        (world, log) in histories(),
        numbers in any::<u8>(),
    ) {
        let view = viewed(&world, &log.standing);
        let paths = world.paths();
        let filter = filters(numbers);
        let guide = Guide::new(&view, &paths, &filter);
        let until = |item: &Item<'_>| {
            let topic = item.topic.map(|topic| Node::Topic(item.roadmap, item.stage, topic));
            let own = view.snoozed_until(&Node::Item(*item));
            own.max(topic.and_then(|topic| view.snoozed_until(&topic)))
        };
        for step in guide.plan(true) {
            let today = step.not_before.unwrap_or(filter.today);
            for item in step.act.items() {
                prop_assert!(until(item).is_none_or(|day| day <= today), "{}", item.reference());
            }
        }
        for one in guide.next(usize::MAX, true).unwrap_or_default() {
            prop_assert!(until(&one.item).is_none_or(|day| day <= filter.today));
        }
        for one in guide.to_prove() {
            prop_assert!(until(&one.item).is_none_or(|day| day <= filter.today));
        }
    }

    #[test]
    fn what_is_next_is_the_first_work_of_the_plan(
        (world, log) in histories(),
        numbers in any::<u8>(),
    ) {
        let view = viewed(&world, &log.standing);
        let paths = world.paths();
        let guide = Guide::new(&view, &paths, &NextFilter { free: false, ..filters(numbers) });
        // What has to wait first is no step of today.
        let first = guide.plan(true).into_iter().next().filter(|one| one.not_before.is_none());
        let next = guide.next(1, true).ok().and_then(|next| next.into_iter().next());
        match first.map(|step| step.act) {
            Some(Act::Study(item) | Act::Build(item)) => {
                prop_assert_eq!(next.unwrap().item.reference(), item.reference());
            }
            Some(Act::Prove(_, skills)) => {
                let asked: Vec<Ref> =
                    guide.to_prove().iter().map(|one| one.item.reference()).collect();
                prop_assert!(skills.iter().all(|one| asked.contains(&one.reference())));
            }
            None => prop_assert!(next.is_none()),
        }
    }

    #[test]
    fn a_state_that_is_used_again_gives_the_same_reasons(
        (world, log) in histories(),
        numbers in any::<u8>(),
    ) {
        let view = viewed(&world, &log.standing);
        let paths = world.paths();
        let guide = Guide::new(&view, &paths, &filters(numbers));
        let mut used = guide.start.state.clone();
        for key in guide.start.order.iter() {
            let expected = guide.because(&key, &mut guide.start.state.clone());
            prop_assert_eq!(guide.because(&key, &mut used), expected);
        }
    }
}
