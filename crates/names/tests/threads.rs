//! What `threads` promises: order, bounded memory, and an end whatever goes wrong.

use names::threads::flow::{Fault, Flow, Next, Pieces, Work, AHEAD};
use names::threads::in_order;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::Arc;
use std::time::Duration;

type Numbers = Flow<u64, u64, String>;

const LONG: Duration = Duration::from_secs(60);

fn numbers(until: u64) -> Pieces<u64, String> {
    Box::new((0..until).map(Ok))
}

/// Works longer on some pieces than on others, so that threads finish out of order.
fn uneven() -> Work<u64, u64> {
    Box::new(|piece| {
        let turns = if piece % 7 == 0 { 20_000 } else { 10 };
        (0..turns).fold(piece, |sum, turn| std::hint::black_box(sum ^ turn ^ turn));
        piece * 2
    })
}

fn all(flow: &Numbers) -> (Vec<u64>, Option<Fault<String>>) {
    let mut answers = Vec::new();
    loop {
        match flow.next(LONG) {
            Next::Answer(answer) => answers.push(answer),
            Next::End => return (answers, None),
            Next::Fault(fault) => return (answers, Some(fault)),
            Next::Waiting => {}
        }
    }
}

#[test]
fn answers_stand_in_the_order_of_the_pieces_for_any_number_of_threads() {
    let pieces: Vec<u64> = (0..1000).collect();
    let wanted: Vec<u64> = pieces.iter().map(|piece| piece * 2).collect();
    for threads in [1, 2, 7] {
        assert_eq!(in_order(&pieces, threads, uneven, |work, _, piece| work(*piece)), wanted);
        let flow = Numbers::new(numbers(1000), uneven, threads, Arc::default());
        assert_eq!(all(&flow), (wanted.clone(), None));
        assert_eq!(flow.next(LONG), Next::End);
    }
    assert_eq!(all(&Numbers::inline(numbers(1000), uneven, Arc::default())), (wanted, None));
    assert_eq!(all(&Numbers::new(numbers(0), uneven, 2, Arc::default())), (Vec::new(), None));
}

#[test]
fn a_stream_is_pulled_no_further_ahead_than_promised() {
    let pulled = Arc::new(AtomicU64::new(0));
    let counted = Arc::clone(&pulled);
    let pieces = (0..10_000).map(move |piece| {
        counted.fetch_add(1, Ordering::SeqCst);
        Ok(piece)
    });
    let flow = Numbers::new(Box::new(pieces), uneven, 3, Arc::default());
    for given in 1..500 {
        while flow.next(LONG) == Next::Waiting {}
        assert!(pulled.load(Ordering::SeqCst) <= given + 3 * AHEAD);
    }
}

#[test]
fn a_panic_of_the_work_is_the_answer_of_its_piece_and_the_last() {
    let fragile = || -> Work<u64, u64> {
        Box::new(|piece| {
            assert!(piece != 40, "piece forty");
            piece
        })
    };
    for threads in [1, 2, 7] {
        let (answers, fault) = all(&Numbers::new(numbers(1000), fragile, threads, Arc::default()));
        assert_eq!(answers, (0..40).collect::<Vec<_>>());
        assert_eq!(fault, Some(Fault::Panicked("piece forty".to_owned())));
    }
    let (answers, fault) = all(&Numbers::inline(numbers(1000), fragile, Arc::default()));
    assert_eq!((answers.len(), fault), (40, Some(Fault::Panicked("piece forty".to_owned()))));
}

#[test]
fn a_panic_before_the_first_piece_is_a_fault_and_no_hang() {
    let never = || -> Work<u64, u64> { unreachable!("no bench") };
    let (answers, fault) = all(&Numbers::new(numbers(1000), never, 2, Arc::default()));
    assert!(answers.is_empty());
    assert!(matches!(fault, Some(Fault::Panicked(_))));
}

#[test]
fn a_source_that_fails_or_panics_ends_the_stream_after_what_came_before() {
    for threads in [1, 2, 7] {
        let failing = (0..100).map(|piece| if piece < 30 { Ok(piece) } else { Err("torn".to_owned()) });
        let (answers, fault) = all(&Numbers::new(Box::new(failing), uneven, threads, Arc::default()));
        assert_eq!((answers.len(), fault), (30, Some(Fault::Source("torn".to_owned()))));
        let panicking = (0..100).map(|piece| {
            assert!(piece < 30, "lost");
            Ok(piece)
        });
        let (answers, fault) = all(&Numbers::new(Box::new(panicking), uneven, threads, Arc::default()));
        assert_eq!((answers.len(), fault), (30, Some(Fault::Panicked("lost".to_owned()))));
    }
}

#[test]
fn whoever_cancels_or_closes_ends_it_and_it_never_looks_whole() {
    let cancelled = Arc::new(AtomicBool::new(false));
    let flow = Numbers::new(numbers(u64::MAX), uneven, 2, Arc::clone(&cancelled));
    assert_eq!(flow.next(LONG), Next::Answer(0));
    cancelled.store(true, Ordering::SeqCst);
    assert_eq!(flow.next(LONG), Next::Fault(Fault::Cancelled));
    let flow = Numbers::new(numbers(u64::MAX), uneven, 2, Arc::default());
    assert_eq!(flow.next(LONG), Next::Answer(0));
    flow.close(LONG);
    assert_eq!(flow.next(LONG), Next::Fault(Fault::Cancelled));
    let flow = Numbers::new(numbers(1), uneven, 2, Arc::default());
    assert_eq!(all(&flow), (vec![0], None));
    flow.close(LONG);
    assert_eq!(flow.next(LONG), Next::End);
}

#[test]
fn a_stream_that_nobody_reads_any_more_lets_its_source_go() {
    let held = Arc::new(());
    let guard = Arc::clone(&held);
    let pieces = (0..u64::MAX).map(move |piece| {
        let _ = &guard;
        Ok(piece)
    });
    let flow = Numbers::new(Box::new(pieces), uneven, 2, Arc::default());
    assert_eq!(flow.next(LONG), Next::Answer(0));
    flow.close(LONG);
    drop(flow);
    assert_eq!(Arc::strong_count(&held), 1);
}
