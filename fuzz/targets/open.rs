//! Any bytes as an index file, and a good file with lies under right checksums: an error or an index that answers.
#![no_main]

#[allow(dead_code)]
#[path = "../../crates/names/tests/engine/damage.rs"]
mod damage;
#[allow(dead_code)]
#[path = "../../crates/names/tests/engine/world.rs"]
mod world;

use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static GOOD: LazyLock<Vec<u8>> = LazyLock::new(damage::small);

fuzz_target!(|data: &[u8]| {
    let Some((kind, rest)) = data.split_first() else {
        return;
    };
    if kind & 1 == 0 {
        let mut bytes = rest.to_vec();
        let _ = damage::use_fully(&bytes);
        if bytes.len() > 128 {
            damage::reseal(&mut bytes);
            let _ = damage::use_fully(&bytes);
        }
        return;
    }
    // Two bytes say where, four what; the file is sealed again, so only the checks of the content remain.
    let mut bad = GOOD.clone();
    for change in rest.chunks_exact(6) {
        let place = usize::from(u16::from_le_bytes([change[0], change[1]])) % (bad.len() - 3);
        bad[place..place + 4].copy_from_slice(&change[2..6]);
    }
    damage::reseal(&mut bad);
    let _ = damage::use_fully(&bad);
});
