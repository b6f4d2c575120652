//! IDX bytes → images and labels, held as the kernels want them.

use crate::error::Error;

/// Number of classes: the ten digits.
pub const CLASSES: usize = 10;

/// First four bytes of an IDX file of images: unsigned bytes, 3 dimensions.
const IMAGES_MAGIC: u32 = 0x0000_0803;
/// First four bytes of an IDX file of labels: unsigned bytes, 1 dimension.
const LABELS_MAGIC: u32 = 0x0000_0801;
/// A pixel's number must fit 16 bits.
const MAX_PIXELS: u64 = 1 << 16;

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
        let size = (rows as u64).saturating_mul(columns as u64);
        if size == 0 || size > MAX_PIXELS {
            return Err(Error::data(format!(
                "An image must have between 1 and {MAX_PIXELS} pixels, but these have {rows} × \
                 {columns}; MNIST's have 28 × 28."
            )));
        }
        let size = size as usize;
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
    /// As [`parse_idx_images`], [`parse_idx_labels`] and [`Labelled::new`].
    pub fn from_idx(images: &[u8], labels: &[u8]) -> Result<Self, Error> {
        Self::new(parse_idx_images(images)?, parse_idx_labels(labels)?)
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

/// Parses an IDX file of images: magic 0x00000803, count, rows and columns as
/// big-endian 32-bit numbers, then one byte a pixel. Strict: not one byte may
/// be missing or left over.
///
/// # Errors
/// When the bytes are anything else; the sentence says what came.
pub fn parse_idx_images(bytes: &[u8]) -> Result<Images, Error> {
    let [count, rows, columns] = header(bytes, "images", IMAGES_MAGIC)?;
    let size = u64::from(rows).saturating_mul(u64::from(columns));
    check_length(bytes, 16, u64::from(count).saturating_mul(size), || {
        format!("{count} images of {rows} × {columns}")
    })?;
    Images::from_pixels(rows as usize, columns as usize, &bytes[16..])
}

/// Parses an IDX file of labels: magic 0x00000801 and the count as big-endian
/// 32-bit numbers, then one byte a label, 0 to 9. Strict.
///
/// # Errors
/// When the bytes are anything else; the sentence says what came.
pub fn parse_idx_labels(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let [count] = header(bytes, "labels", LABELS_MAGIC)?;
    check_length(bytes, 8, u64::from(count), || format!("{count} labels"))?;
    check_labels(&bytes[8..])?;
    Ok(bytes[8..].to_vec())
}

/// The numbers of an IDX header after its magic.
fn header<const N: usize>(bytes: &[u8], what: &str, magic: u32) -> Result<[u32; N], Error> {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return Err(Error::data(format!(
            "Expected an IDX file of {what} but got a gzip file; unpack it first."
        )));
    }
    let length = 4 * (N + 1);
    if bytes.len() < length {
        return Err(Error::data(format!(
            "Expected an IDX file of {what}, which starts with {length} bytes of header, but the \
             file has only {} bytes; fetch it again.",
            bytes.len()
        )));
    }
    let number = |i: usize| {
        u32::from_be_bytes([bytes[4 * i], bytes[4 * i + 1], bytes[4 * i + 2], bytes[4 * i + 3]])
    };
    if number(0) != magic {
        let hint = match number(0) {
            IMAGES_MAGIC => "; this is a file of images",
            LABELS_MAGIC => "; this is a file of labels",
            _ => "; this is no such file",
        };
        return Err(Error::data(format!(
            "Expected an IDX file of {what}, which starts with the number {magic:#010x}, but it \
             starts with {:#010x}{hint}.",
            number(0)
        )));
    }
    Ok(std::array::from_fn(|i| number(i + 1)))
}

/// Is what follows the header exactly as long as the header says?
fn check_length(
    bytes: &[u8],
    header: usize,
    expected: u64,
    content: impl Fn() -> String,
) -> Result<(), Error> {
    let got = (bytes.len() - header) as u64;
    if got == expected {
        return Ok(());
    }
    let fault = if got < expected { "truncated" } else { "followed by something else" };
    Err(Error::data(format!(
        "The IDX file announces {}, {expected} bytes after its header, but {got} came: it is \
         {fault}; fetch it again.",
        content()
    )))
}

fn check_labels(labels: &[u8]) -> Result<(), Error> {
    match labels.iter().position(|&label| label as usize >= CLASSES) {
        None => Ok(()),
        Some(at) => Err(Error::data(format!(
            "A label must be 0 to 9, but label number {} is {}.",
            at + 1,
            labels[at]
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn idx(numbers: &[u32], body: &[u8]) -> Vec<u8> {
        numbers.iter().flat_map(|n| n.to_be_bytes()).chain(body.iter().copied()).collect()
    }

    fn refused<T: std::fmt::Debug>(result: Result<T, Error>, words: &str) {
        let message = result.unwrap_err().to_string();
        assert!(message.contains(words), "{message:?} does not say {words:?}");
    }

    #[test]
    fn images_come_back_as_they_went_in() {
        let pixels = [0, 7, 0, 255, 0, 0, 0, 0, 1, 2, 3, 4];
        let images = parse_idx_images(&idx(&[0x803, 3, 2, 2], &pixels)).unwrap();
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

    #[test]
    fn damaged_images_are_refused() {
        let good = idx(&[0x803, 2, 1, 2], &[1, 2, 3, 4]);
        assert!(parse_idx_images(&good).is_ok());
        refused(parse_idx_images(&good[..good.len() - 1]), "truncated");
        refused(parse_idx_images(&[&good[..], &[0]].concat()), "followed by something else");
        refused(parse_idx_images(&good[..15]), "16 bytes of header");
        refused(parse_idx_images(&[]), "only 0 bytes");
        refused(parse_idx_images(&idx(&[0x801, 2], &[1; 12])), "file of labels");
        refused(parse_idx_images(&idx(&[0x802, 2, 1, 2], &[1; 4])), "0x00000802");
        refused(parse_idx_images(&[0x1f, 0x8b, 8, 0]), "gzip");
        refused(parse_idx_images(&idx(&[0x803, 2, 0, 2], &[])), "between 1 and 65536");
        refused(parse_idx_images(&idx(&[0x803, 0, 60_000, 60_000], &[])), "between 1 and 65536");
        refused(parse_idx_images(&idx(&[0x803, u32::MAX, u32::MAX, u32::MAX], &[])), "truncated");
    }

    #[test]
    fn damaged_labels_are_refused() {
        let good = idx(&[0x801, 3], &[0, 9, 5]);
        assert_eq!(parse_idx_labels(&good).unwrap(), [0, 9, 5]);
        refused(parse_idx_labels(&idx(&[0x801, 3], &[0, 10, 5])), "label number 2 is 10");
        refused(parse_idx_labels(&good[..10]), "truncated");
        refused(parse_idx_labels(&[&good[..], &[0]].concat()), "followed by something else");
        refused(parse_idx_labels(&idx(&[0x803, 1, 1, 1], &[0])), "file of images");
        let images = idx(&[0x803, 2, 1, 1], &[1, 2]);
        refused(Labelled::from_idx(&images, &good), "2 images and 3 labels");
    }
}
