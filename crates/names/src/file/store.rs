//! An opened file: mapped or in memory, its header, lengths and checksums verified, its arrays as slices.

use super::{IndexError, Section, ALIGNMENT, BYTE_ORDER, ENTRY, FORMAT_VERSION, HEADER, MAGIC};
use std::fs::File;
use std::path::Path;

enum Backing {
    Mapped(memmap2::Mmap),
    /// Eight-byte units, so that the arrays are aligned; `usize` is the length in bytes.
    Owned(Box<[u64]>, usize),
}

/// A verified file.
pub(crate) struct Store {
    backing: Backing,
    /// Offset and length of each section, in the order of [`Section`].
    places: Vec<(usize, usize)>,
    build_id: [u8; 32],
}

impl Store {
    /// Maps the file read-only and verifies it.
    pub(crate) fn open(path: &Path, statistics: u32) -> Result<Self, IndexError> {
        let file = File::open(path).map_err(|error| IndexError::io(path, &error))?;
        let length = file.metadata().map_err(|error| IndexError::io(path, &error))?.len();
        if length < HEADER as u64 {
            return Err(IndexError::damaged("shorter than a header"));
        }
        // SAFETY: the view is read-only and the file is never changed in place: `Writer::save` writes a
        // temporary file, syncs it and renames it, so a name always leads to finished bytes and an
        // older view keeps its own. Who cuts the file by other means breaks this promise.
        let map = unsafe { memmap2::Mmap::map(&file) }.map_err(|error| IndexError::io(path, &error))?;
        Self::verify(Backing::Mapped(map), statistics)
    }

    /// The same from memory.
    pub(crate) fn from_bytes(bytes: &[u8], statistics: u32) -> Result<Self, IndexError> {
        let mut units = vec![0u64; bytes.len().div_ceil(8)].into_boxed_slice();
        bytemuck::cast_slice_mut::<u64, u8>(&mut units)[..bytes.len()].copy_from_slice(bytes);
        Self::verify(Backing::Owned(units, bytes.len()), statistics)
    }

    fn verify(backing: Backing, statistics: u32) -> Result<Self, IndexError> {
        let bytes = backing.bytes();
        let header = bytes.get(..HEADER).ok_or_else(|| IndexError::damaged("shorter than a header"))?;
        if header[..8] != MAGIC {
            return Err(IndexError::damaged("it does not begin as an index does"));
        }
        let order = word(header, 8);
        if order == BYTE_ORDER.swap_bytes() || cfg!(target_endian = "big") {
            return Err(IndexError::OtherByteOrder);
        }
        if order != BYTE_ORDER {
            return Err(IndexError::damaged("byte-order mark"));
        }
        let count = Section::ALL.len();
        let version = word(header, 12);
        if version != FORMAT_VERSION {
            return Err(IndexError::OtherVersion { found: version });
        }
        let table_end = HEADER + count * ENTRY;
        if word(header, 20) as usize != count || bytes.len() < table_end {
            return Err(IndexError::damaged("section table"));
        }
        if long(header, 56) != bytes.len() as u64 {
            return Err(IndexError::damaged(format!(
                "{} bytes where the header promises {}",
                bytes.len(),
                long(header, 56)
            )));
        }
        if header_checksum(&bytes[..table_end]) != word(header, 64) {
            return Err(IndexError::damaged("checksum of the header"));
        }
        if word(header, 16) != statistics {
            return Err(IndexError::OtherStatistics);
        }
        let mut places = Vec::with_capacity(count);
        let mut end = table_end;
        for (number, (_, name)) in Section::ALL.iter().enumerate() {
            let entry = &bytes[HEADER + number * ENTRY..HEADER + (number + 1) * ENTRY];
            let (start, length) = (long(entry, 8), long(entry, 16));
            let place = usize::try_from(start).ok().zip(usize::try_from(length).ok());
            let (start, length) = place.ok_or_else(|| IndexError::damaged(*name))?;
            let stop = start.checked_add(length).filter(|stop| *stop <= bytes.len());
            let (Some(stop), true) = (stop, start == end.next_multiple_of(ALIGNMENT)) else {
                return Err(IndexError::damaged(format!("place of section {name}")));
            };
            if word(entry, 0) as usize != number || bytes[end..start].iter().any(|byte| *byte != 0) {
                return Err(IndexError::damaged(format!("order of section {name}")));
            }
            if crc32fast::hash(&bytes[start..stop]) != word(entry, 4) {
                return Err(IndexError::damaged(format!("checksum of section {name}")));
            }
            places.push((start, length));
            end = stop;
        }
        if end != bytes.len() {
            return Err(IndexError::damaged("bytes after the last section"));
        }
        let mut build_id = [0; 32];
        build_id.copy_from_slice(&header[24..56]);
        Ok(Self { backing, places, build_id })
    }

    pub(crate) fn build_id(&self) -> &[u8; 32] {
        &self.build_id
    }

    pub(crate) fn len(&self) -> usize {
        self.backing.bytes().len()
    }

    /// All sections, to be read one after another.
    pub(crate) fn sections(&self) -> Sections<'_> {
        let bytes = self.backing.bytes();
        // Both kinds of backing are aligned; numbers at the very end need not be whole.
        let words = bytemuck::try_cast_slice(&bytes[..bytes.len() / 4 * 4]).unwrap_or(&[]);
        Sections { bytes, words, places: &self.places }
    }
}

/// The file as bytes and as numbers, with the places of the sections.
#[derive(Clone, Copy)]
pub(crate) struct Sections<'a> {
    bytes: &'a [u8],
    words: &'a [u32],
    places: &'a [(usize, usize)],
}

impl<'a> Sections<'a> {
    /// The bytes of a section.
    #[inline]
    pub(crate) fn bytes(&self, section: Section) -> &'a [u8] {
        let (start, length) = self.places[section as usize];
        &self.bytes[start..start + length]
    }

    /// The section as numbers; `None` when its length is not a multiple of four.
    #[inline]
    pub(crate) fn words(&self, section: Section) -> Option<&'a [u32]> {
        let (start, length) = self.places[section as usize];
        if length % 4 == 0 {
            self.words.get(start / 4..(start + length) / 4)
        } else {
            None
        }
    }

    /// The section as long numbers; `None` when its length is not a multiple of eight.
    #[inline]
    pub(crate) fn longs(&self, section: Section) -> Option<&'a [u64]> {
        bytemuck::try_cast_slice(self.bytes(section)).ok()
    }

    /// The section as records; `None` when its length is not a multiple of theirs.
    #[inline]
    pub(crate) fn records<T: bytemuck::Pod>(&self, section: Section) -> Option<&'a [T]> {
        bytemuck::try_cast_slice(self.bytes(section)).ok()
    }
}

impl Backing {
    #[inline]
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Mapped(map) => map,
            Self::Owned(units, length) => &bytemuck::cast_slice(units)[..*length],
        }
    }
}

/// Of header and table, the place of the checksum itself read as zero.
pub(crate) fn header_checksum(bytes: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&bytes[..64]);
    hasher.update(&[0; 4]);
    hasher.update(&bytes[68..]);
    hasher.finalize()
}

fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

fn long(bytes: &[u8], at: usize) -> u64 {
    u64::from(word(bytes, at)) | u64::from(word(bytes, at + 4)) << 32
}
