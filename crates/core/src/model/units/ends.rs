//! By how much what is ahead can be less or more than planned, by what its path says of it: the ends
//! of `hours = [4, 6]`, and the largest of what `choose` leaves to choose from.

use milepost_path::{Item, Node, Roadmap, Stage};

use crate::model::amounts;
use crate::model::counting::{self, Counts};
use crate::model::guidance::{Act, Step};
use crate::model::learner::Learner;
use crate::model::standing::Status;

/// Hours by which something can be less and more.
pub(super) type Ends = [f64; 2];

/// The ends of the steps of a topic or milestone. What is read for a topic is a part of its hours, so
/// that the wider of the two counts, and not both.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Spare {
    of_reading: Ends,
    of_whole: Ends,
}

impl Spare {
    /// Takes a step.
    pub(super) fn take(&mut self, step: &Step<'_>) {
        let items = step.act.items();
        let (sum, part) = match step.act {
            Act::Prove(..) => (&mut self.of_whole, 1.0),
            // Of what was studied already, the ends are as much nearer as its rest is less.
            Act::Study(_) | Act::Build(_) if step.of > 0.0 => {
                (&mut self.of_reading, (step.hours / step.of).min(1.0))
            }
            Act::Study(_) | Act::Build(_) => return,
        };
        for item in items {
            let Some((hours, [least, most])) = item.hours().zip(item.hours_range()) else {
                continue;
            };
            let [less, more] = sum;
            *less += part * (hours - least);
            *more += part * (most - hours);
        }
    }

    pub(super) fn ends(self) -> Ends {
        let ([less, more], [of_all, to_all]) = (self.of_reading, self.of_whole);
        [less.max(of_all), more.max(to_all)]
    }
}

/// By how much the hours of the topics that are chosen from on some paths can be more than those of
/// the plan, which takes the least.
pub(super) fn of_choices(view: &Learner<'_>, route: &[&Roadmap]) -> f64 {
    let stages = route.iter().flat_map(|path| path.stages.iter().map(move |stage| (*path, stage)));
    let chosen = stages.filter(|(_, stage)| stage.choose.is_some());
    amounts::sum(chosen.map(|(path, stage)| of_choice(view, path, stage)))
}

/// A topic that can be chosen.
#[derive(Default)]
struct Open {
    most: f64,
    is_planned: bool,
    is_begun: bool,
}

fn of_choice(view: &Learner<'_>, path: &Roadmap, stage: &Stage) -> f64 {
    let mut topics: Vec<(&str, Open)> = Vec::new();
    counting::each(view, &Node::Stage(path, stage), |item: Item<'_>, counts| {
        let Some(topic) = item.topic.filter(|_| item.is_goal()) else { return };
        if topics.last().is_none_or(|(id, _)| *id != topic.id) {
            topics.push((&topic.id, Open::default()));
        }
        let Some((_, open)) = topics.last_mut() else { return };
        let status = view.status(&item);
        open.is_planned |= counts == Counts::Goal;
        open.is_begun |= matches!(status, Status::Doing | Status::Done);
        if status.is_open() {
            open.most += item.hours_range().map_or(0.0, |[_, most]| most);
        }
    });
    topics.retain(|(_, open)| !open.is_begun && open.most > 0.0);
    let planned = topics.iter().filter(|(_, open)| open.is_planned);
    let (many, hours) =
        planned.fold((0, 0.0), |(many, sum), (_, open)| (many + 1, sum + open.most));
    let mut most: Vec<f64> = topics.iter().map(|(_, open)| open.most).collect();
    most.sort_by(|one, other| other.total_cmp(one));
    (amounts::sum(most.into_iter().take(many)) - hours).max(0.0)
}
