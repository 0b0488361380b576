//! What Uptime Kuma itself showed last.

use crate::diagnostic::Severity;
use crate::monitor::catalogue::Stage;
use crate::monitor::check::rule::{Context, Rule};
use crate::monitor::message::{explain, presentable};

pub(super) const RULES: &[Rule] = &[Rule {
    id: "failing-monitor",
    severity: Severity::Warning,
    field: "Status",
    summary: "The newest check failed.",
    why: "What Uptime Kuma shows names the stage at which it failed; the configuration may have changed since.",
    help: "run 'authkuma probe', which asks the server itself",
    check: failing,
}];

fn failing(context: &mut Context<'_, '_>) {
    let monitor = context.monitor;
    if context.credentials().is_none() || !monitor.active || !monitor.is_failing() {
        return;
    }
    let Some(heartbeat) = &monitor.heartbeat else { return };
    let shown = presentable(&monitor.redact(&heartbeat.message));
    let shown = if shown.is_empty() { "(no message)" } else { &*shown };
    let message = format!("down at {}: {shown}", heartbeat.time);
    let Some(explanation) = explain(&heartbeat.message) else {
        context.flag(message).emit();
        return;
    };
    let is_foreseen = match explanation.entry.stage {
        Stage::Token => context.outlook.token_refusal().is_some(),
        Stage::Application => !context.outlook.passes(),
        Stage::Settings | Stage::Up => true,
    };
    let fix = explanation.entry.fix.trim_end_matches('.');
    let help = if is_foreseen {
        fix.to_owned()
    } else {
        format!(
            "{fix}. This configuration admits the monitor: pause and resume it if the configuration was mended since, or run 'authkuma probe'"
        )
    };
    context.flag(message).why(explanation.entry.cause).help(help).emit();
}
