//! What of a batch is not zero, listed by sample and by input.

use super::packed::{Packed, TILE};
use super::touch;
use crate::images::Labelled;

/// A number that is not zero, and where in its row it stands.
#[derive(Debug, Clone, Copy, Default)]
#[repr(C)]
pub struct Entry {
    /// The number. It stands first because wasm has no offset for free where
    /// one number fills a vector.
    pub value: f32,
    /// The input, in a list by sample; the sample, in a list by input.
    pub index: u32,
}

/// For each sample of a batch, its inputs that are not zero, ascending.
#[derive(Debug, Clone)]
pub struct BySample {
    ends: Vec<usize>,
    entries: Vec<Entry>,
}

impl BySample {
    /// Room for `samples` of `inputs` each.
    pub fn new(samples: usize, inputs: usize) -> Self {
        let room = samples * inputs.next_multiple_of(TILE);
        BySample { ends: Vec::with_capacity(samples), entries: vec![Entry::default(); room] }
    }

    /// The lists, sample after sample.
    pub fn iter(&self) -> impl Iterator<Item = &[Entry]> {
        let mut start = 0;
        self.ends.iter().map(move |&end| &self.entries[std::mem::replace(&mut start, end)..end])
    }

    /// Lists the lit pixels of the images `indices`; `values` holds what each
    /// grey value stands for.
    #[inline(never)]
    pub fn list_images(&mut self, data: &Labelled, indices: &[u32], values: &[f32; 256]) {
        touch(data, indices);
        self.ends.clear();
        let mut end = 0;
        for &index in indices {
            let row = data.images().row(index as usize);
            for (entry, &lit) in self.entries[end..end + row.len()].iter_mut().zip(row) {
                *entry = Entry { index: lit >> 8, value: values[lit as u8 as usize] };
            }
            end += row.len();
            self.ends.push(end);
        }
    }

    /// Lists what is not zero in the first `samples` rows of `numbers`
    /// (samples, inputs).
    #[inline(never)]
    pub fn list_rows(&mut self, numbers: &Packed, samples: usize) {
        self.ends.clear();
        let mut end = 0;
        for sample in 0..samples {
            for (tile, lanes) in numbers.row(sample).enumerate() {
                // Written always, kept if not zero: no branch to mispredict.
                let room: &mut [Entry; TILE] =
                    (&mut self.entries[end..end + TILE]).try_into().unwrap();
                let mut found = 0;
                for (lane, &value) in lanes.iter().enumerate() {
                    room[found] = Entry { index: (tile * TILE + lane) as u32, value };
                    found += (value != 0.0) as usize;
                }
                end += found;
            }
            self.ends.push(end);
        }
    }
}

/// For each input, the samples in which it is not zero, in four lists: those
/// with sample ≡ 0 (mod 4) ascending, then ≡ 1, 2 and 3, the order in which a
/// gradient is summed. A last input is 1 in every sample: the bias's.
#[derive(Debug, Clone)]
pub struct ByInput {
    inputs: usize,
    depth: usize,
    counts: Vec<[u16; 4]>,
    /// [input][sample mod 4][depth].
    entries: Vec<Entry>,
}

impl ByInput {
    /// Room for `samples` of `inputs` each.
    pub fn new(samples: usize, inputs: usize) -> Self {
        let depth = samples.div_ceil(4);
        let mut lists = ByInput {
            inputs,
            depth,
            counts: vec![[0; 4]; inputs + 1],
            entries: vec![Entry::default(); (inputs + 1) * 4 * depth],
        };
        for sample in 0..samples {
            lists.push(inputs, Entry { index: sample as u32, value: 1.0 });
        }
        lists
    }

    #[inline(always)]
    fn push(&mut self, input: usize, entry: Entry) {
        let class = entry.index as usize % 4;
        let count = &mut self.counts[input][class];
        self.entries[(input * 4 + class) * self.depth + *count as usize] = entry;
        *count += 1;
    }

    /// Lists by input what `by_sample` lists by sample.
    #[inline(never)]
    pub fn list(&mut self, by_sample: &BySample) {
        self.counts[..self.inputs].fill([0; 4]);
        for (sample, row) in by_sample.iter().enumerate() {
            for entry in row {
                self.push(entry.index as usize, Entry { index: sample as u32, value: entry.value });
            }
        }
    }

    /// The four lists of `input`.
    #[inline(always)]
    pub fn lists(&self, input: usize) -> [&[Entry]; 4] {
        let counts = self.counts[input];
        std::array::from_fn(|class| {
            &self.entries[(input * 4 + class) * self.depth..][..counts[class] as usize]
        })
    }

    /// Whether `input` is 0 in all samples.
    #[inline(always)]
    pub fn is_dark(&self, input: usize) -> bool {
        self.counts[input] == [0; 4]
    }
}
