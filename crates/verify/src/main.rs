//! `pingyi-verify FILE`: the stand-alone program. Everything it does is in the library.

use std::process::ExitCode;

use clap::Parser;
use pingyi_verify::{Arguments, Exit, run, wrong_arguments};

/// 检查一份投票档案：选票、汇总和结果是否全部相符　Checks a ballot archive
#[derive(Debug, Parser)]
#[command(name = "pingyi-verify", version)]
struct Cli {
    #[command(flatten)]
    arguments: Arguments,
}

fn main() -> ExitCode {
    let exit = match Cli::try_parse() {
        Ok(cli) => run(
            &cli.arguments,
            &mut std::io::stdout(),
            &mut std::io::stderr(),
        ),
        Err(error) if error.use_stderr() => {
            eprintln!("{}", wrong_arguments(&error, "pingyi-verify --help"));
            Exit::Unreadable
        }
        Err(help) => {
            // A reader that went away is no failure.
            let _ = help.print();
            Exit::Holds
        }
    };
    ExitCode::from(exit.code())
}
