//! `jwt verify --each-line`: one token a line, one line of JSON for each, in their order, on every core.
//!
//! One thread reads, one a core verifies, one writes. What is under way at once is bounded, however long the input is.

mod lines;

use std::io::{self, BufRead, BufReader, IsTerminal as _, Write as _};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use jwt_std::DecodeError;
use jwt_std::jwt_core::Malformed;
use serde_json::{Map, Value};

use self::lines::{Line, next_chunk};
use super::{Accepted, Content, check};
use crate::arguments::VerifyArguments;
use crate::failure::{Failure, Status};
use crate::{json_text, terminal};

/// Lines that one thread verifies, and where the results go.
struct Job {
    first: u64,
    lines: Vec<Line>,
    answer: SyncSender<Answer>,
}

/// The results of a job.
struct Answer {
    text: String,
    lines: u64,
    rejected: u64,
}

pub(super) fn run(arguments: &VerifyArguments, accepted: &Accepted) -> Result<(), Failure> {
    let mut input = open(arguments.token.as_deref())?;
    let workers = thread::available_parallelism().map_or(1, usize::from);
    // Answers are awaited in the order of the input: this channel bounds what is under way.
    let (order, answers) = sync_channel(2 * workers);
    let (jobs, queue) = sync_channel::<Job>(workers);
    let queue = Mutex::new(queue);
    let total = thread::scope(|scope| {
        let reader = scope.spawn(move || read(&mut *input, &order, &jobs));
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(job) = next_job(&queue) {
                    let answer = verify(arguments, accepted, &job);
                    // Nobody waits for it if nobody reads the output any more.
                    let _ = job.answer.send(answer);
                }
            });
        }
        let written = write(answers);
        let read = reader.join().unwrap_or_else(|_| Err(Failure::io("the input was not read to its end")));
        let total = written?;
        read.map(|()| total)
    })?;
    if total.lines == 0 {
        terminal::warn("there was no token");
    }
    if total.rejected == 0 {
        return Ok(());
    }
    let message =
        format!("{} of {} tokens rejected; standard output has the reasons", total.rejected, total.lines);
    Err(Failure::new(Status::Rejected, "tokens_rejected", message))
}

fn open(source: Option<&str>) -> Result<Box<dyn BufRead + Send>, Failure> {
    match source {
        None | Some("-") => Ok(Box::new(BufReader::new(io::stdin()))),
        Some(literal) => {
            let path = literal.strip_prefix('@').ok_or_else(|| {
                Failure::usage(
                    "--each-line reads tokens from @FILE or standard input, and not from an argument",
                )
            })?;
            let file = jwt_std::InputFile::open(path)
                .map_err(|error| Failure::io(format!("{path}: {}", jwt_std::io_words(&error))))?;
            Ok(Box::new(BufReader::new(file)))
        }
    }
}

/// Hands out jobs until the input ends, or nobody takes the answers.
fn read(
    input: &mut dyn BufRead,
    order: &SyncSender<Receiver<Answer>>,
    jobs: &SyncSender<Job>,
) -> Result<(), Failure> {
    let mut first = 1;
    loop {
        let (lines, failure) = next_chunk(input);
        let count = lines.len() as u64;
        if count > 0 {
            let (answer, answered) = sync_channel(1);
            if order.send(answered).is_err() || jobs.send(Job { first, lines, answer }).is_err() {
                return Ok(());
            }
        }
        first += count;
        match failure {
            Some(error) => return Err(Failure::io(format!("the tokens: {}", jwt_std::io_words(&error)))),
            None if count == 0 => return Ok(()),
            None => {}
        }
    }
}

fn next_job(queue: &Mutex<Receiver<Job>>) -> Option<Job> {
    queue.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

fn verify(arguments: &VerifyArguments, accepted: &Accepted, job: &Job) -> Answer {
    let mut answer = Answer { text: String::new(), lines: job.lines.len() as u64, rejected: 0 };
    for (number, line) in (job.first..).zip(&job.lines) {
        let checked = match line {
            Line::Token(token) => check(arguments, accepted, token, super::time_of(arguments)),
            Line::TooLong { len } => Err(DecodeError::from(Malformed::TooLong { len: *len }).into()),
        };
        answer.rejected += u64::from(checked.is_err());
        answer.text.push_str(&terminal::printable(&result_line(number, checked)));
        answer.text.push('\n');
    }
    answer
}

/// Put together as text, so that no number in the claims changes.
fn result_line(number: u64, checked: Result<Content, Failure>) -> String {
    match checked {
        Ok(Content { payload, warning }) => {
            // What was accepted is strict JSON, and so is UTF-8.
            let claims = json_text::compact(&String::from_utf8_lossy(&payload));
            let warnings = warning.map_or_else(String::new, |warning| {
                format!(r#","warnings":[{}]"#, json_text::string(&warning))
            });
            format!(r#"{{"line":{number},"valid":true,"claims":{claims}{warnings}}}"#)
        }
        Err(failure) => {
            let mut result = Map::new();
            result.insert("line".into(), number.into());
            result.insert("valid".into(), false.into());
            result.extend(failure.into_members());
            Value::Object(result).to_string()
        }
    }
}

/// Writes the answers in their order, until there are no more, or nobody reads them.
fn write(answers: Receiver<Receiver<Answer>>) -> Result<Answer, Failure> {
    let mut total = Answer { text: String::new(), lines: 0, rejected: 0 };
    let mut progress = Progress::new();
    for answered in answers {
        let Ok(answer) = answered.recv() else {
            return Err(Failure::io("some tokens were not verified"));
        };
        total.lines += answer.lines;
        total.rejected += answer.rejected;
        if !terminal::out_is_read(answer.text.as_bytes())? {
            break;
        }
        progress.show(&total);
    }
    progress.clear();
    Ok(total)
}

/// How far it is, on a terminal that shows nothing else.
struct Progress {
    wanted: bool,
    shown: Option<Instant>,
}

impl Progress {
    fn new() -> Self {
        let wanted = io::stderr().is_terminal() && !terminal::out_is_terminal() && !terminal::is_json();
        Self { wanted, shown: None }
    }

    fn show(&mut self, total: &Answer) {
        let is_time = self.shown.is_none_or(|shown| shown.elapsed() > Duration::from_millis(200));
        if self.wanted && is_time {
            let _ = write!(io::stderr().lock(), "\r{} tokens, {} rejected", total.lines, total.rejected);
            self.shown = Some(Instant::now());
        }
    }

    fn clear(&self) {
        if self.shown.is_some() {
            let _ = write!(io::stderr().lock(), "\r{:60}\r", "");
        }
    }
}
