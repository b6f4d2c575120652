//! IDX, the format of MNIST's files (<http://yann.lecun.com/exdb/mnist/>), read
//! strictly.

use crate::dataset::{Images, check_labels};
use crate::error::Error;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Labelled;
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
