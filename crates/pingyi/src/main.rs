//! The program: starts the site, imports rosters, checks, saves and restores the data, checks
//! ballot archives.
//!
//! Whatever goes wrong is one Chinese sentence of advice on stderr and exit code 1; `verify` has
//! its own codes.

mod backup;
mod cli;
mod clock;
mod demo;
mod doctor;
mod draw;
mod folder;
mod import;
mod mail;
mod remind;
mod say;
mod serve;
mod settings;
mod simulate;
mod trouble;

use std::process::ExitCode;

use cli::{Cli, Command};
use tracing_subscriber::Layer as _;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use trouble::{Done, Trouble};

fn main() -> ExitCode {
    let cli = match Cli::from_arguments() {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    start_log();
    match run(cli.command) {
        Ok(Done::Well) => ExitCode::SUCCESS,
        Ok(Done::WithFindings) => ExitCode::FAILURE,
        Ok(Done::Verified(exit)) => ExitCode::from(exit.code()),
        Err(trouble) => {
            eprintln!("{trouble}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<Done, Trouble> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(Trouble::Runtime)?;
    runtime.block_on(async {
        match command {
            Command::Serve(arguments) => serve::run(&arguments.settings()?).await,
            Command::Demo(arguments) => demo::run(&arguments.settings()?).await,
            Command::Import(arguments) => {
                let settings = arguments.place.settings()?;
                import::run(&arguments, &settings).await
            }
            Command::Simulate(arguments) => {
                let settings = arguments.place.clone().settings()?;
                simulate::run(&arguments, &settings).await
            }
            Command::Doctor(place) => doctor::run(&place.settings()?).await,
            Command::Backup(arguments) => {
                let settings = arguments.place.settings()?;
                backup::save(&arguments, &settings).await
            }
            Command::Restore(arguments) => {
                let settings = arguments.place.settings()?;
                backup::restore(&arguments, &settings).await
            }
            Command::Draw(arguments) => draw::run(&arguments),
            Command::Remind(arguments) => {
                let settings = arguments.settings()?;
                remind::run(&arguments, &settings).await
            }
            Command::Verify(arguments) => Ok(Done::Verified(pingyi_verify::run(
                &arguments,
                &mut std::io::stdout(),
                &mut std::io::stderr(),
            ))),
        }
    })
}

/// Log lines go to stderr; `PINGYI_LOG` filters them, e.g. `debug` or `pingyi_web=debug`.
///
/// Of the libraries only what went wrong is heard, whatever the filter says: at their most talkative
/// they tell when each connection comes and how long each message is, also where a ballot is cast.
/// // docs/SECRECY.md §6
fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("PINGYI_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    let own = tracing_subscriber::filter::filter_fn(|line| {
        line.target().starts_with("pingyi") || *line.level() <= tracing::Level::WARN
    });
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    tracing_subscriber::registry()
        .with(filter)
        .with(lines.with_filter(own))
        .init();
}
