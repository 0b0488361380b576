//! The control outside the audience: a URL that this server's rule does not cover, or the true reason why there is none.

use authkuma::bearer::Implementation;
use authkuma::probe::plan::Plan;
use authkuma::probe::result::{ProbeResult, StepOutcome, StepResult, Verdict};
use authkuma::probe::{Selection, Step};

use super::server::{Asked, Reply};
use super::world::{At, World, cause, introspection, probe};

fn outside(result: &ProbeResult) -> &StepResult {
    result.steps.iter().find(|step| step.step == Step::OutsideAudience).unwrap()
}

/// What a server tells of a token for the whole application that compares audiences exactly.
fn told_with_issuer(asked: &Asked, world_url: &str) -> Reply {
    let told = introspection(&[world_url], "authelia.bearer.authz", 3599);
    Reply::json(200, &told.replacen('{', &format!("{{\"iss\":\"http://{}\",", asked.header("host")), 1))
}

fn exact_world(spoilt: impl Fn(At) -> Option<Reply> + Send + Sync + 'static) -> World {
    let url = std::sync::Arc::new(std::sync::OnceLock::<String>::new());
    let known = url.clone();
    let world = World::new(move |at, asked| match at {
        At::Introspection => Some(told_with_issuer(asked, known.get().unwrap())),
        at => spoilt(at),
    });
    url.set(format!("http://{}/", world.application.address)).unwrap();
    world
}

#[test]
fn a_root_audience_has_an_outside_where_audiences_are_compared_exactly() {
    let world = exact_world(|_| None);
    for selection in [Selection::default(), Selection::only(&[Step::OutsideAudience])] {
        let result = probe(&Plan { selection, ..world.plan() });
        assert_eq!(outside(&result).outcome, StepOutcome::Pass, "{result:?}");
        assert!(world.application.asked().iter().any(|asked| asked.path == "/authkuma-outside-audience"));
    }
    let world = exact_world(|at| (at == At::Outside).then(|| Reply::html(200, "<html>")));
    assert_eq!(cause(&probe(&world.plan()), Step::OutsideAudience), Some((StepOutcome::Fail, "outside-opens")));
}

#[test]
fn where_nothing_lies_outside_the_true_reason_is_said() {
    let by_prefix = World::new(|_, _| None);
    let result = probe(&by_prefix.plan());
    assert!(outside(&result).observed.contains("by prefix"), "{result:?}");
    // An address has no sibling, so the endpoint is asked about a path, which the prefix covers too.
    let result = probe(&by_prefix.plan_with_authz(Implementation::ForwardAuth));
    assert!(outside(&result).observed.contains("by prefix"), "{result:?}");
    let untold = World::new(|at, _| (at == At::Introspection).then(|| Reply::text(404, "")));
    let result = probe(&untold.plan());
    assert!(outside(&result).observed.contains("introspection does not tell"), "{result:?}");
}

#[test]
fn a_run_without_a_step_proves_nothing() {
    let world = World::new(|_, _| None);
    for selection in [Selection::only(&[Step::Authz]), Selection::only(&[])] {
        let result = probe(&Plan { selection, ..world.plan() });
        assert_eq!((result.verdict, result.is_as_wanted(), result.passes()), (Verdict::Degraded, false, false), "{result:?}");
        assert!(result.notes.iter().any(|note| note.starts_with("nothing was proven")), "{result:?}");
    }
}
