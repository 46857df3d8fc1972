//! Lays the sections out and puts the file in place so that no reader ever sees a part of it.

use super::store::header_checksum;
use super::{IndexError, Section, ALIGNMENT, BYTE_ORDER, ENTRY, FORMAT_VERSION, HEADER, MAGIC};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Collects sections in the order of [`Section`].
pub(crate) struct Writer {
    bytes: Vec<u8>,
    written: usize,
}

impl Writer {
    pub(crate) fn new(statistics: u32, build_id: &[u8; 32]) -> Self {
        let mut bytes = vec![0; HEADER + Section::ALL.len() * ENTRY];
        bytes[..8].copy_from_slice(&MAGIC);
        bytes[8..12].copy_from_slice(&BYTE_ORDER.to_le_bytes());
        bytes[12..16].copy_from_slice(&FORMAT_VERSION.to_le_bytes());
        bytes[16..20].copy_from_slice(&statistics.to_le_bytes());
        bytes[20..24].copy_from_slice(&(Section::ALL.len() as u32).to_le_bytes());
        bytes[24..56].copy_from_slice(build_id);
        Self { bytes, written: 0 }
    }

    /// Appends a section of bytes.
    pub(crate) fn bytes(&mut self, section: Section, content: &[u8]) {
        debug_assert_eq!(section as usize, self.written, "sections are written in their order");
        self.bytes.resize(self.bytes.len().next_multiple_of(ALIGNMENT), 0);
        let entry = HEADER + self.written * ENTRY;
        let mut place = Vec::with_capacity(ENTRY);
        place.extend_from_slice(&(section as u32).to_le_bytes());
        place.extend_from_slice(&crc32fast::hash(content).to_le_bytes());
        place.extend_from_slice(&(self.bytes.len() as u64).to_le_bytes());
        place.extend_from_slice(&(content.len() as u64).to_le_bytes());
        self.bytes[entry..entry + ENTRY].copy_from_slice(&place);
        self.bytes.extend_from_slice(content);
        self.written += 1;
    }

    /// Appends a section of numbers, little-endian.
    pub(crate) fn words(&mut self, section: Section, content: &[u32]) {
        // As this machine has them: where that is not little-endian, no file is read.
        self.bytes(section, bytemuck::cast_slice(content));
    }

    /// Appends a section of long numbers.
    pub(crate) fn longs(&mut self, section: Section, content: &[u64]) {
        self.bytes(section, bytemuck::cast_slice(content));
    }

    /// The finished file.
    pub(crate) fn finish(mut self) -> Vec<u8> {
        let length = self.bytes.len() as u64;
        self.bytes[56..64].copy_from_slice(&length.to_le_bytes());
        let checksum = header_checksum(&self.bytes[..HEADER + Section::ALL.len() * ENTRY]);
        self.bytes[64..68].copy_from_slice(&checksum.to_le_bytes());
        self.bytes
    }
}

/// Writes to a temporary file beside the path, syncs, renames, syncs the folder.
pub(crate) fn save(bytes: &[u8], path: &Path) -> Result<(), IndexError> {
    static SERIAL: AtomicU64 = AtomicU64::new(0);
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
    let temporary = path.with_file_name(format!(".{name}.{}.{serial}.part", std::process::id()));
    let done = write_synced(bytes, &temporary).and_then(|()| fs::rename(&temporary, path));
    if let Err(error) = done {
        // The first error is the one to report; a leftover part is never read.
        let _ = fs::remove_file(&temporary);
        return Err(IndexError::io(path, &error));
    }
    sync_folder(path).map_err(|error| IndexError::io(path, &error))
}

fn write_synced(bytes: &[u8], path: &Path) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// The rename itself reaches the disk only with its folder; Windows does this on its own.
fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(windows) {
        return Ok(());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.map_or_else(|| PathBuf::from("."), Path::to_path_buf))?.sync_all()
}
