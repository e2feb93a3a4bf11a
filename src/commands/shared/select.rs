//! What a REF on the command line means, where somebody on a terminal can say it.

use milepost_core::{Candidate, Refusal};

use crate::error::Result;
use crate::output::Output;
use crate::words;

/// The report that a query gets; where a reference in it could mean several things, somebody on a
/// terminal chooses. `replace` puts a whole reference in the place of another in the query.
///
/// # Errors
/// There is no report, or nobody chose.
pub(crate) fn complete<Q, R>(
    mut query: Q,
    replace: fn(&mut Q, &str, &str),
    out: &mut Output<'_, '_>,
    report: impl Fn(&Q) -> milepost_core::Result<R>,
) -> Result<R> {
    loop {
        match report(&query) {
            Ok(answer) => return Ok(answer),
            Err(error) => choose_in(&mut query, replace, error, out)?,
        }
    }
}

/// Lets somebody on a terminal choose what a reference in a query means that could mean several things.
///
/// # Errors
/// Something else is wrong, or nobody chose.
pub(crate) fn choose_in<Q>(
    query: &mut Q,
    replace: fn(&mut Q, &str, &str),
    error: milepost_core::Error,
    out: &mut Output<'_, '_>,
) -> Result<()> {
    let (name, chosen) = choose(error, out)?;
    replace(query, &name, &chosen);
    Ok(())
}

/// A reference that could mean several things, and the one that somebody chose.
///
/// # Errors
/// The error is another one, or nobody chose.
pub(crate) fn choose(
    error: milepost_core::Error,
    out: &mut Output<'_, '_>,
) -> Result<(String, String)> {
    let milepost_core::Error::Refused(refusal) = error else {
        return Err(error.into());
    };
    let (Refusal::Ambiguous { name, candidates }, Some(prompt)) = (&*refusal, out.prompt()) else {
        return Err((*refusal).into());
    };
    let lines: Vec<String> = candidates.iter().map(words::candidate).collect();
    let at = prompt.choose(&words::could_mean(name), &lines)?;
    match candidates.get(at) {
        Some(Candidate { reference, .. }) => Ok((name.clone(), reference.to_string())),
        None => Err((*refusal).into()),
    }
}

/// Puts a whole reference in the place of one that could mean several things.
pub(crate) fn replace_in(refs: &mut [String], name: &str, chosen: &str) {
    refs.iter_mut().filter(|one| *one == name).for_each(|one| *one = chosen.to_owned());
}
