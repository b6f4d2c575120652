//! Images and labels as the kernels want them.

use crate::error::Error;
use crate::idx;

/// Number of classes: the ten digits.
pub const CLASSES: usize = 10;

/// A pixel's number must fit 16 bits.
const MAX_PIXELS: usize = 1 << 16;

/// Grey images in compressed rows: only pixels that are not zero are kept
/// (about 150 of the 784 of an MNIST image), because a zero input adds nothing
/// to any sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Images {
    rows: usize,
    columns: usize,
    /// Image i's entries are `lit[offsets[i]..offsets[i + 1]]`.
    offsets: Vec<u32>,
    lit: Vec<u32>,
}

impl Images {
    /// The images whose grey values, image by image and row by row, are
    /// `pixels`: any number of images of `rows` × `columns`.
    ///
    /// # Errors
    /// When an image has no pixel or more than 65,536, when `pixels` is not a
    /// whole number of images, or when there are more than 2³² pixels.
    pub fn from_pixels(rows: usize, columns: usize, pixels: &[u8]) -> Result<Self, Error> {
        let size = rows.saturating_mul(columns);
        if size == 0 || size > MAX_PIXELS {
            return Err(Error::data(format!(
                "An image must have between 1 and {MAX_PIXELS} pixels, but these have {rows} × \
                 {columns}; MNIST's have 28 × 28."
            )));
        }
        if !pixels.len().is_multiple_of(size) || u32::try_from(pixels.len()).is_err() {
            return Err(Error::data(format!(
                "Images of {rows} × {columns} need a multiple of {size} bytes, below 2³² of them, \
                 but got {}.",
                pixels.len()
            )));
        }
        let mut images = Images { rows, columns, offsets: vec![0], lit: Vec::new() };
        for image in pixels.chunks_exact(size) {
            let lit = image.iter().enumerate().filter(|(_, value)| **value != 0);
            images.lit.extend(lit.map(|(pixel, &value)| (pixel as u32) << 8 | value as u32));
            images.offsets.push(images.lit.len() as u32);
        }
        images.lit.shrink_to_fit();
        Ok(images)
    }

    /// Number of images.
    pub fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Whether there is no image.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Pixels of an image: rows × columns.
    pub fn pixels(&self) -> usize {
        self.rows * self.columns
    }

    /// (rows, columns) of an image.
    pub fn shape(&self) -> (usize, usize) {
        (self.rows, self.columns)
    }

    /// The lit pixels of image `image`, ascending, each as
    /// `pixel << 8 | value` with a value of 1 to 255.
    pub fn row(&self, image: usize) -> &[u32] {
        &self.lit[self.offsets[image] as usize..self.offsets[image + 1] as usize]
    }

    /// All grey values of image `image`, (pixels), 0 to 255.
    pub fn dense(&self, image: usize) -> Vec<u8> {
        let mut pixels = vec![0; self.pixels()];
        for &entry in self.row(image) {
            pixels[(entry >> 8) as usize] = entry as u8;
        }
        pixels
    }

    /// Appends the images of `more`.
    fn append(&mut self, more: &Images) -> Result<(), Error> {
        if self.shape() != more.shape() {
            return Err(Error::data(format!(
                "All images must have one size: those loaded have {} × {} pixels, the next {} × {}.",
                self.rows, self.columns, more.rows, more.columns
            )));
        }
        let start = self.lit.len();
        if u32::try_from(start + more.lit.len()).is_err() {
            return Err(Error::data("These are more images than the engine holds (2³² pixels)."));
        }
        self.lit.extend_from_slice(&more.lit);
        self.offsets.extend(more.offsets[1..].iter().map(|offset| offset + start as u32));
        Ok(())
    }
}

/// Images with their labels, in the order of the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Labelled {
    pub(crate) images: Images,
    pub(crate) labels: Vec<u8>,
}

impl Labelled {
    /// `images` with one label each, 0 to 9.
    ///
    /// # Errors
    /// When the numbers differ or a label is above 9.
    pub fn new(images: Images, labels: Vec<u8>) -> Result<Self, Error> {
        if images.len() != labels.len() {
            return Err(Error::data(format!(
                "Each image needs one label, but there are {} images and {} labels; do the two \
                 files belong together?",
                images.len(),
                labels.len()
            )));
        }
        check_labels(&labels)?;
        Ok(Labelled { images, labels })
    }

    /// The bytes of an IDX file of images with those of its labels.
    ///
    /// # Errors
    /// As [`crate::parse_idx_images`], [`crate::parse_idx_labels`] and [`Labelled::new`].
    pub fn from_idx(images: &[u8], labels: &[u8]) -> Result<Self, Error> {
        Self::new(idx::parse_idx_images(images)?, idx::labels(labels)?.to_vec())
    }

    /// Appends a further shard of the same file. On an error nothing changes.
    ///
    /// # Errors
    /// When its images have another size.
    pub fn append(&mut self, shard: Labelled) -> Result<(), Error> {
        self.images.append(&shard.images)?;
        self.labels.extend(shard.labels);
        Ok(())
    }

    /// The images.
    pub fn images(&self) -> &Images {
        &self.images
    }

    /// One label an image, 0 to 9.
    pub fn labels(&self) -> &[u8] {
        &self.labels
    }

    /// Number of images.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there is no image.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }
}

pub(crate) fn check_labels(labels: &[u8]) -> Result<(), Error> {
    for (at, label) in labels.iter().map(|label| usize::from(*label)).enumerate() {
        if label >= CLASSES {
            return Err(Error::data(format!(
                "A label must be 0 to 9, but label number {} is {label}.",
                at + 1
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::refused;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn images_come_back_as_they_went_in() {
        let pixels = [0, 7, 0, 255, 0, 0, 0, 0, 1, 2, 3, 4];
        let images = Images::from_pixels(2, 2, &pixels).unwrap();
        assert_eq!((images.len(), images.pixels(), images.shape()), (3, 4, (2, 2)));
        assert_eq!(images.row(0), [1 << 8 | 7, 3 << 8 | 255]);
        assert_eq!(images.row(1), [0u32; 0]);
        for image in 0..3 {
            assert_eq!(images.dense(image), pixels[4 * image..][..4]);
        }
    }

    #[test]
    fn shards_append_to_the_whole() {
        let shard = |label: u8, pixels: &[u8]| {
            let images = Images::from_pixels(1, 2, pixels).unwrap();
            let labels = vec![label; images.len()];
            Labelled::new(images, labels).unwrap()
        };
        let mut whole = shard(1, &[0, 1, 2, 0]);
        whole.append(shard(2, &[0, 0, 3, 4])).unwrap();
        assert_eq!(*whole.images(), Images::from_pixels(1, 2, &[0, 1, 2, 0, 0, 0, 3, 4]).unwrap());
        assert_eq!(whole.labels(), [1, 1, 2, 2]);
        let wide = Labelled::new(Images::from_pixels(1, 3, &[1, 2, 3]).unwrap(), vec![0]).unwrap();
        let before = whole.clone();
        refused(whole.append(wide), "1 × 2");
        assert_eq!(whole, before);
    }
}
