//! IDX, the format of MNIST's files (<http://yann.lecun.com/exdb/mnist/>), read
//! strictly.

use crate::error::Error;
use crate::images::{Images, check_labels};

/// First four bytes of an IDX file of images: unsigned bytes, 3 dimensions.
const IMAGES_MAGIC: u32 = 0x0000_0803;
/// First four bytes of an IDX file of labels: unsigned bytes, 1 dimension.
const LABELS_MAGIC: u32 = 0x0000_0801;

/// Parses an IDX file of images: magic 0x00000803, count, rows and columns as
/// big-endian 32-bit numbers, then one byte a pixel. Strict: not one byte may
/// be missing or left over.
///
/// # Errors
/// When the bytes are anything else; the sentence says what came.
pub fn parse_idx_images(bytes: &[u8]) -> Result<Images, Error> {
    let (numbers, pixels) = open(bytes, "images", IMAGES_MAGIC)?;
    Images::from_pixels(numbers[1] as usize, numbers[2] as usize, pixels)
}

/// Parses an IDX file of labels: magic 0x00000801 and the count as big-endian
/// 32-bit numbers, then one byte a label, 0 to 9. Strict.
///
/// # Errors
/// When the bytes are anything else; the sentence says what came.
pub fn parse_idx_labels(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let labels = labels(bytes)?;
    check_labels(labels)?;
    Ok(labels.to_vec())
}

/// The labels of an IDX file, which may be above 9.
pub(crate) fn labels(bytes: &[u8]) -> Result<&[u8], Error> {
    Ok(open(bytes, "labels", LABELS_MAGIC)?.1)
}

/// The numbers of an IDX header after its magic, of which the last byte says
/// how many they are, and the bytes after the header, exactly as many as they
/// announce.
fn open<'a>(bytes: &'a [u8], what: &str, magic: u32) -> Result<(Vec<u32>, &'a [u8]), Error> {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return Err(Error::data(format!(
            "Expected an IDX file of {what} but got a gzip file; unpack it first."
        )));
    }
    let length = 4 * (1 + magic as usize % 256);
    let Some((header, body)) = bytes.split_at_checked(length) else {
        return Err(Error::data(format!(
            "Expected an IDX file of {what}, which starts with {length} bytes of header, but the \
             file has only {} bytes; fetch it again.",
            bytes.len()
        )));
    };
    let mut numbers = Vec::new();
    for four in header.chunks_exact(4) {
        numbers.push(four.iter().fold(0, |number, byte| number << 8 | u32::from(*byte)));
    }
    let first = numbers.remove(0);
    if first != magic {
        let hint = match first {
            IMAGES_MAGIC => "; this is a file of images",
            LABELS_MAGIC => "; this is a file of labels",
            _ => "; this is no such file",
        };
        return Err(Error::data(format!(
            "Expected an IDX file of {what}, which starts with the number {magic:#010x}, but it \
             starts with {first:#010x}{hint}."
        )));
    }
    let expected = numbers.iter().fold(1, |product: usize, n| product.saturating_mul(*n as usize));
    let got = body.len();
    if got != expected {
        let fault = if got < expected { "truncated" } else { "followed by something else" };
        return Err(Error::data(format!(
            "The IDX file of {what} announces {expected} bytes after its header, but {got} came: \
             it is {fault}; fetch it again."
        )));
    }
    Ok((numbers, body))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::refused;
    use crate::images::Labelled;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn idx(numbers: &[u32], body: &[u8]) -> Vec<u8> {
        numbers.iter().flat_map(|n| n.to_be_bytes()).chain(body.iter().copied()).collect()
    }

    #[test]
    fn whole_files_are_read() {
        let images = parse_idx_images(&idx(&[0x803, 2, 1, 3], &[0, 7, 0, 1, 2, 3])).unwrap();
        assert_eq!((images.len(), images.shape(), images.dense(0)), (2, (1, 3), vec![0, 7, 0]));
        assert_eq!(parse_idx_labels(&idx(&[0x801, 2], &[9, 0])).unwrap(), [9, 0]);
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
