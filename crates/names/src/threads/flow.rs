//! A stream of pieces over several threads: pulled one at a time, answered in order, never more than a few in memory.
//!
//! 1. Piece n is answered before piece n+1 is given out, whichever was ready first.
//! 2. At most [`AHEAD`] pieces a thread are pulled and not yet given out, so a stream of any length needs the
//!    same memory.
//! 3. The source is pulled by one thread at a time, and never by the one that asks for answers while there are
//!    others: whoever asks can be interrupted at any time.
//! 4. A panic of the source or of the work is the answer of its piece, and the last one.

use super::count;
use std::collections::BTreeMap;
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

/// Pieces a thread may be ahead of whoever asks for answers.
pub const AHEAD: u64 = 3;

/// The most threads of one stream: each keeps buffers as large as the index.
pub const MOST_THREADS: usize = 256;

/// Why a stream ended before its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault<E> {
    /// The source failed.
    Source(E),
    /// A defect of ours, with what the panic said.
    Panicked(String),
    /// Somebody stopped it.
    Cancelled,
}

/// What is there when asked.
#[derive(Debug, PartialEq, Eq)]
pub enum Next<A, E> {
    /// The answer to the next piece.
    Answer(A),
    /// All pieces were answered.
    End,
    /// The next answer is not ready yet.
    Waiting,
    /// No more answers come.
    Fault(Fault<E>),
}

/// What one thread does with each of its pieces.
pub type Work<P, A> = Box<dyn FnMut(P) -> A + Send>;
/// Where the pieces come from.
pub type Pieces<P, E> = Box<dyn Iterator<Item = Result<P, E>> + Send>;

/// A stream being answered. Dropped, it stops after the pieces that are being worked on.
pub struct Flow<P, A, E> {
    shared: Arc<Shared<P, A, E>>,
    /// The work of the thread that asks, where there is no other.
    own: Mutex<Option<Work<P, A>>>,
}

struct Shared<P, A, E> {
    bench: Box<dyn Fn() -> Work<P, A> + Send + Sync>,
    threads: usize,
    cancelled: Arc<AtomicBool>,
    source: Mutex<Source<P, E>>,
    state: Mutex<State<A, E>>,
    changed: Condvar,
}

struct Source<P, E> {
    /// `None` once it has ended.
    pieces: Option<Pieces<P, E>>,
    pulled: u64,
}

struct State<A, E> {
    given: u64,
    ready: BTreeMap<u64, Result<A, Fault<E>>>,
    /// How many answers there will be, once that is known.
    whole: Option<u64>,
    stopped: bool,
    started: usize,
    handles: Vec<JoinHandle<()>>,
}

impl<P: Send + 'static, A: Send + 'static, E: Send + 'static> Flow<P, A, E> {
    /// Answers `pieces` with what `bench` makes once for each thread; 0 `threads` is one a core, and more than
    /// [`MOST_THREADS`] are as many.
    ///
    /// Nothing runs before the first answer is asked for. Setting `cancelled` ends the stream with a fault.
    pub fn new(
        pieces: Pieces<P, E>,
        bench: impl Fn() -> Work<P, A> + Send + Sync + 'static,
        threads: usize,
        cancelled: Arc<AtomicBool>,
    ) -> Self {
        Self::with(pieces, bench, count(threads).min(MOST_THREADS), cancelled)
    }

    /// The same in the thread that asks, for what is too little to start another.
    pub fn inline(
        pieces: Pieces<P, E>,
        bench: impl Fn() -> Work<P, A> + Send + Sync + 'static,
        cancelled: Arc<AtomicBool>,
    ) -> Self {
        Self::with(pieces, bench, 0, cancelled)
    }

    fn with(
        pieces: Pieces<P, E>,
        bench: impl Fn() -> Work<P, A> + Send + Sync + 'static,
        threads: usize,
        cancelled: Arc<AtomicBool>,
    ) -> Self {
        let state =
            State { given: 0, ready: BTreeMap::new(), whole: None, stopped: false, started: 0, handles: Vec::new() };
        let shared = Shared {
            bench: Box::new(bench),
            threads,
            cancelled,
            source: Mutex::new(Source { pieces: Some(pieces), pulled: 0 }),
            state: Mutex::new(state),
            changed: Condvar::new(),
        };
        Self { shared: Arc::new(shared), own: Mutex::new(None) }
    }

    /// The next answer, waited for no longer than `patience` where other threads do the work.
    pub fn next(&self, patience: Duration) -> Next<A, E> {
        let until = Instant::now() + patience;
        loop {
            let mut state = self.shared.state();
            if state.whole == Some(state.given) {
                return Next::End;
            }
            if state.stopped || self.shared.cancelled.load(Ordering::Relaxed) {
                self.shared.stop(&mut state);
                return Next::Fault(Fault::Cancelled);
            }
            let place = state.given;
            if let Some(answer) = state.ready.remove(&place) {
                state.given += 1;
                if answer.is_err() {
                    self.shared.stop(&mut state);
                }
                self.shared.changed.notify_all();
                return answer.map_or_else(Next::Fault, Next::Answer);
            }
            if state.started == 0 && !Shared::start(&self.shared, &mut state) {
                drop(state);
                self.step();
                continue;
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Next::Waiting;
            }
            drop(self.shared.changed.wait_timeout(state, left));
        }
    }

    /// Ends the stream and waits for its threads, unless the source keeps one for longer than `patience`.
    ///
    /// Asked again, it says cancelled unless it had ended.
    pub fn close(&self, patience: Duration) {
        let until = Instant::now() + patience;
        let handles = {
            let mut state = self.shared.state();
            self.shared.stop(&mut state);
            std::mem::take(&mut state.handles)
        };
        for handle in handles {
            while !handle.is_finished() && Instant::now() < until {
                std::thread::sleep(Duration::from_millis(1));
            }
            if handle.is_finished() {
                // Panics of the work were caught where they happened.
                drop(handle.join());
            }
        }
    }

    /// One piece in the thread that asks.
    fn step(&self) {
        let mut own = lock(&self.own);
        let work = own.get_or_insert_with(|| (self.shared.bench)());
        if let Some((place, piece)) = Shared::take(&self.shared) {
            self.shared.answer(place, piece, work);
        }
    }
}

impl<P, A, E> Drop for Flow<P, A, E> {
    fn drop(&mut self) {
        let mut state = self.shared.state();
        self.shared.stop(&mut state);
    }
}

impl<P, A, E> Shared<P, A, E> {
    fn state(&self) -> MutexGuard<'_, State<A, E>> {
        lock(&self.state)
    }

    fn stop(&self, state: &mut State<A, E>) {
        state.stopped = true;
        self.changed.notify_all();
    }

    fn put(&self, place: u64, answer: Result<A, Fault<E>>) {
        self.state().ready.insert(place, answer);
        self.changed.notify_all();
    }

    fn answer(&self, place: u64, piece: P, work: &mut Work<P, A>) -> bool {
        let answer = caught(|| work(piece));
        let sound = answer.is_ok();
        self.put(place, answer.map_err(Fault::Panicked));
        sound
    }
}

impl<P: Send + 'static, A: Send + 'static, E: Send + 'static> Shared<P, A, E> {
    /// One more thread, unless there are enough or none is to be had.
    fn start(this: &Arc<Self>, state: &mut State<A, E>) -> bool {
        if state.started >= this.threads || state.stopped {
            return false;
        }
        let shared = Arc::clone(this);
        let Ok(handle) = Builder::new().name("interdict".to_owned()).spawn(move || Self::run(&shared)) else {
            return false;
        };
        state.started += 1;
        state.handles.push(handle);
        true
    }

    fn run(this: &Arc<Self>) {
        let mut work = match caught(|| (this.bench)()) {
            Ok(work) => work,
            Err(said) => {
                let mut state = this.state();
                let place = state.given;
                state.ready.insert(place, Err(Fault::Panicked(said)));
                this.changed.notify_all();
                return;
            }
        };
        while let Some((place, piece)) = Self::take(this) {
            if !this.answer(place, piece, &mut work) {
                return;
            }
        }
    }

    /// The next piece with its number, once there is room for its answer.
    fn take(this: &Arc<Self>) -> Option<(u64, P)> {
        let mut source = lock(&this.source);
        let place = source.pulled;
        let room = AHEAD * this.threads.max(1) as u64;
        let mut state = this.state();
        while place >= state.given + room && !state.stopped {
            state = this.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        if state.stopped || this.cancelled.load(Ordering::Relaxed) {
            return None;
        }
        drop(state);
        let pulled = caught(|| source.pieces.as_mut()?.next());
        let last = match pulled {
            Ok(Some(Ok(piece))) => {
                source.pulled += 1;
                drop(source);
                Self::start(this, &mut this.state());
                return Some((place, piece));
            }
            Ok(None) => None,
            Ok(Some(Err(fault))) => Some(Fault::Source(fault)),
            Err(said) => Some(Fault::Panicked(said)),
        };
        // What the source holds is let go of here, not when the last answer was read.
        source.pieces = None;
        let mut state = this.state();
        if state.whole.is_none() {
            state.whole = Some(place + u64::from(last.is_some()));
            if let Some(fault) = last {
                state.ready.insert(place, Err(fault));
            }
        }
        this.changed.notify_all();
        None
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What `work` gives, or what its panic said.
fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let said = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        said.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".to_owned())
    })
}
