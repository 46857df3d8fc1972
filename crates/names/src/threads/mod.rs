//! Work cut into numbered pieces over several threads: the answers stand in the order of the pieces, whatever the number of threads.

pub mod flow;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// How many threads are meant: 0 stands for one a core.
pub fn count(asked: usize) -> usize {
    match asked {
        0 => thread::available_parallelism().map_or(1, usize::from),
        some => some,
    }
}

/// Does `work` on every piece, each thread with a `bench` of its own that lives as long as the thread does.
///
/// A panic of any thread goes on in the caller.
pub fn in_order<P: Sync, A: Send, B>(
    pieces: &[P],
    threads: usize,
    bench: impl Fn() -> B + Sync,
    work: impl Fn(&mut B, usize, &P) -> A + Sync,
) -> Vec<A> {
    let next = AtomicUsize::new(0);
    let share = || {
        let (mut bench, mut mine) = (bench(), Vec::new());
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(piece) = pieces.get(at) else {
                return mine;
            };
            mine.push((at, work(&mut bench, at, piece)));
        }
    };
    let mut done = thread::scope(|scope| {
        let others = 1..count(threads).min(pieces.len());
        // Where no more threads are to be had, those there are do all the work.
        let others: Vec<_> = others.map_while(|_| thread::Builder::new().spawn_scoped(scope, share).ok()).collect();
        let mut done = share();
        for other in others {
            done.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, answer)| answer).collect()
}
