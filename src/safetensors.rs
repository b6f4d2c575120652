//! The safetensors container: 8 bytes of little-endian header length, a JSON
//! header, the numbers. Written and read strictly here, because a file that a
//! stranger drops on the page must not be believed.
//!
//! Format: <https://huggingface.co/docs/safetensors>. As it asks, names are
//! unique, the numbers cover the whole rest of the file without holes or
//! overlaps, and everything is little-endian and row-major.

use crate::error::Error;
use crate::json::Json;
use std::fmt;

/// Longest header that is believed, in bytes. Ours take about one kilobyte.
const LONGEST_HEADER: u64 = 1 << 20;

/// Most tensors that are believed, metadata included. Ours have a few dozen.
const MOST_TENSORS: usize = 1000;

/// The name in the header under which texts are, not a tensor.
const METADATA: &str = "__metadata__";

/// What the numbers of a tensor are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dtype {
    /// One byte, 0 or 1 in our files.
    Bool,
    /// One byte.
    U8,
    /// Four bytes, unsigned.
    U32,
    /// Four bytes, IEEE 754.
    F32,
}

impl Dtype {
    fn size(self) -> usize {
        match self {
            Dtype::Bool | Dtype::U8 => 1,
            Dtype::U32 | Dtype::F32 => 4,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Dtype::Bool => "BOOL",
            Dtype::U8 => "U8",
            Dtype::U32 => "U32",
            Dtype::F32 => "F32",
        }
    }
}

impl fmt::Display for Dtype {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One tensor: its type, its shape, its little-endian bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Tensor {
    dtype: Dtype,
    shape: Vec<usize>,
    bytes: Vec<u8>,
}

impl Tensor {
    /// A tensor of `f32`. `values` fills `shape`.
    pub fn f32(shape: &[usize], values: &[f32]) -> Self {
        let bytes = values.iter().flat_map(|x| x.to_le_bytes()).collect();
        Self::new(Dtype::F32, shape, bytes)
    }

    /// A tensor of `u32`. `values` fills `shape`.
    pub fn u32(shape: &[usize], values: &[u32]) -> Self {
        let bytes = values.iter().flat_map(|x| x.to_le_bytes()).collect();
        Self::new(Dtype::U32, shape, bytes)
    }

    /// A tensor of bytes. `values` fills `shape`.
    pub fn u8(shape: &[usize], values: &[u8]) -> Self {
        Self::new(Dtype::U8, shape, values.to_vec())
    }

    /// A tensor of truth values. `values` fills `shape`.
    pub fn bool(shape: &[usize], values: &[bool]) -> Self {
        Self::new(Dtype::Bool, shape, values.iter().map(|&x| x as u8).collect())
    }

    #[inline(never)]
    fn new(dtype: Dtype, shape: &[usize], bytes: Vec<u8>) -> Self {
        debug_assert_eq!(shape.iter().product::<usize>() * dtype.size(), bytes.len());
        Tensor { dtype, shape: shape.to_vec(), bytes }
    }

    /// The type of the numbers.
    pub fn dtype(&self) -> Dtype {
        self.dtype
    }

    /// The shape, outermost first.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }
}

/// A safetensors file in memory: text about it, and tensors by name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Safetensors {
    /// All of them texts.
    metadata: Vec<(String, Json)>,
    tensors: Vec<(String, Tensor)>,
}

impl Safetensors {
    /// A file without anything in it yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a line of metadata; its key must be new.
    pub fn note(&mut self, key: &str, text: impl Into<String>) {
        self.metadata.push((key.to_owned(), Json::Text(text.into())));
    }

    /// Adds a tensor; its name must be new.
    #[inline(never)]
    pub fn add(&mut self, name: impl Into<String>, tensor: Tensor) {
        let name = name.into();
        debug_assert!(self.tensors.iter().all(|(other, _)| *other != name));
        self.tensors.push((name, tensor));
    }

    /// The names of the tensors, in the order of the file.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.tensors.iter().map(|(name, _)| name.as_str())
    }

    /// Is there a tensor of this name?
    pub fn contains(&self, name: &str) -> bool {
        self.names().any(|other| other == name)
    }

    /// One line of metadata.
    ///
    /// # Errors
    /// When there is none under this key.
    pub fn metadata(&self, key: &str) -> Result<&str, Error> {
        let line = self.metadata.iter().find(|(other, _)| other == key);
        line.and_then(|(_, text)| text.as_str()).ok_or_else(|| {
            Error::ticket(format!(
                "The file lacks the metadata “{key}”, which every file of this program has; open \
                 one that `lottery` or the page has written."
            ))
        })
    }

    /// The tensor `name`, which must be of `dtype`.
    ///
    /// # Errors
    /// When there is none, or it is of another type.
    #[inline(never)]
    pub fn tensor(&self, name: &str, dtype: Dtype) -> Result<&Tensor, Error> {
        let tensor = self.tensors.iter().find(|(other, _)| other == name).map(|(_, t)| t);
        let tensor =
            tensor.ok_or_else(|| Error::ticket(format!("The file has no tensor “{name}”.")))?;
        if tensor.dtype != dtype {
            return Err(Error::ticket(format!(
                "The tensor “{name}” must be of type {dtype} but is {}.",
                tensor.dtype
            )));
        }
        Ok(tensor)
    }

    /// The tensor `name`, which must be of `dtype` and of `shape`.
    #[inline(never)]
    fn shaped(&self, name: &str, dtype: Dtype, shape: &[usize]) -> Result<&Tensor, Error> {
        let tensor = self.tensor(name, dtype)?;
        if tensor.shape != shape {
            return Err(Error::ticket(format!(
                "The tensor “{name}” must have the shape {} but has {}.",
                list(shape),
                list(&tensor.shape)
            )));
        }
        Ok(tensor)
    }

    /// The numbers of the `f32` tensor `name` of `shape`.
    ///
    /// # Errors
    /// When there is none, when type or shape differ, or when one of the
    /// numbers is not finite.
    #[inline(never)]
    pub fn read_f32(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, Error> {
        let tensor = self.shaped(name, Dtype::F32, shape)?;
        let values: Vec<f32> = words(&tensor.bytes).map(f32::from_bits).collect();
        if let Some(at) = values.iter().position(|x| !x.is_finite()) {
            return Err(Error::ticket(format!(
                "Number {at} of the tensor “{name}” is infinite or none; all must be finite."
            )));
        }
        Ok(values)
    }

    /// The numbers of the `u32` tensor `name` of `shape`.
    ///
    /// # Errors
    /// When there is none, or type or shape differ.
    #[inline(never)]
    pub fn read_u32(&self, name: &str, shape: &[usize]) -> Result<Vec<u32>, Error> {
        Ok(words(&self.shaped(name, Dtype::U32, shape)?.bytes).collect())
    }

    /// The bytes of the `u8` tensor `name`, which must have one dimension.
    ///
    /// # Errors
    /// When there is none, or type or shape differ.
    #[inline(never)]
    pub fn read_u8(&self, name: &str) -> Result<&[u8], Error> {
        let length = self.tensor(name, Dtype::U8)?.bytes.len();
        Ok(&self.shaped(name, Dtype::U8, &[length])?.bytes)
    }

    /// The truth values of the tensor `name` of `shape`.
    ///
    /// # Errors
    /// When there is none, when type or shape differ, or when a byte is
    /// neither 0 nor 1.
    #[inline(never)]
    pub fn read_bool(&self, name: &str, shape: &[usize]) -> Result<Vec<bool>, Error> {
        let bytes = &self.shaped(name, Dtype::Bool, shape)?.bytes;
        if let Some(byte) = bytes.iter().find(|&&byte| byte > 1) {
            return Err(Error::ticket(format!(
                "The tensor “{name}” must hold only 0 and 1 but holds {byte}."
            )));
        }
        Ok(bytes.iter().map(|&byte| byte == 1).collect())
    }

    /// The bytes of the file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut header = Vec::new();
        if !self.metadata.is_empty() {
            header.push((METADATA.to_owned(), Json::Object(self.metadata.clone())));
        }
        let mut data = Vec::new();
        for (name, tensor) in &self.tensors {
            let begin = data.len();
            data.extend_from_slice(&tensor.bytes);
            let entry = Json::object([
                ("dtype", tensor.dtype.name().into()),
                ("shape", list(&tensor.shape)),
                ("data_offsets", list(&[begin, data.len()])),
            ]);
            header.push((name.clone(), entry));
        }
        let mut header = Json::Object(header).to_string();
        // Spaces up to a multiple of eight, so that readers may map the numbers.
        while !header.len().is_multiple_of(8) {
            header.push(' ');
        }
        [&(header.len() as u64).to_le_bytes(), header.as_bytes(), &data].concat()
    }

    /// The file whose bytes are `file`. Nothing that it says of itself is
    /// believed unchecked.
    ///
    /// # Errors
    /// When it is truncated or too long, when its header is no such header,
    /// or when a tensor's type is not one of [`Dtype`], its shape does not
    /// match its bytes, or its bytes overlap another's or leave a hole.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let Some((length, rest)) = bytes.split_first_chunk::<8>() else {
            return Err(Error::ticket(format!(
                "A safetensors file begins with 8 bytes of header length, but this one has only \
                 {} bytes; it may be truncated.",
                bytes.len()
            )));
        };
        let length = u64::from_le_bytes(*length);
        if length > LONGEST_HEADER {
            return Err(Error::ticket(
                "This is no ticket or trace: its first bytes are not those of a safetensors \
                 file. Choose a .safetensors file that the page or the command line saved.",
            ));
        }
        let Some((header, data)) = rest.split_at_checked(length as usize) else {
            return Err(Error::ticket(format!(
                "The file is truncated: its header should take {length} bytes, but only {} are \
                 there. Save or copy it again.",
                rest.len()
            )));
        };
        let members = match std::str::from_utf8(header).map(Json::parse) {
            Ok(Ok(Json::Object(members))) if members.len() <= MOST_TENSORS => members,
            Ok(Err(why)) => return Err(unreadable(&why.to_string())),
            _ => return Err(unreadable("it must be an object of at most 1000 tensors by name")),
        };
        let mut file = Safetensors::new();
        // Where each tensor begins and ends, ascending.
        let mut places = Vec::new();
        for (name, value) in &members {
            match value {
                Json::Object(notes) if name == METADATA && file.metadata.is_empty() => {
                    if notes.iter().any(|(_, note)| note.as_str().is_none()) {
                        return Err(unreadable("its metadata must be texts"));
                    }
                    file.metadata = notes.clone();
                }
                value => {
                    let (place, tensor) = cut_out(name, value, data)?;
                    if file.contains(name) {
                        return Err(unreadable(&format!("two tensors are called “{name}”")));
                    }
                    file.tensors.push((name.clone(), tensor));
                    places.insert(places.partition_point(|other| *other < place), place);
                }
            }
        }
        let mut taken = 0;
        for [begin, end] in places {
            if begin != taken {
                return Err(Error::ticket(format!(
                    "The tensors overlap or leave a hole: one begins at byte {begin}, but those \
                     before it end at {taken}. Save or copy the file again."
                )));
            }
            taken = end;
        }
        if taken != data.len() {
            return Err(Error::ticket(format!(
                "The tensors take {taken} bytes, but {} bytes follow the header; the file has \
                 been added to.",
                data.len()
            )));
        }
        Ok(file)
    }
}

fn unreadable(why: &str) -> Error {
    Error::ticket(format!("The file's header cannot be read: {why}."))
}

/// The tensor `name` that `entry` describes, its bytes copied out of `data`,
/// and where they begin and end.
fn cut_out(name: &str, entry: &Json, data: &[u8]) -> Result<([usize; 2], Tensor), Error> {
    let numbers = |key: &str| whole_numbers(entry.get(key));
    let (dtype, shape, place) = (entry.get("dtype"), numbers("shape"), numbers("data_offsets"));
    let three = matches!(entry, Json::Object(members) if members.len() == 3);
    let (true, Some(dtype), Some(shape), Some(&[begin, end])) =
        (three, dtype.as_str(), shape, place.as_deref())
    else {
        let wrong = format!("the tensor “{name}” must have dtype, shape, data_offsets, no more");
        return Err(unreadable(&wrong));
    };
    let known = [Dtype::Bool, Dtype::U8, Dtype::U32, Dtype::F32];
    let Some(&dtype) = known.iter().find(|known| known.name() == dtype) else {
        return Err(Error::ticket(format!(
            "The tensor “{name}” is of type {dtype}; a ticket or trace has only BOOL, U8, U32 \
             and F32."
        )));
    };
    let Some(bytes) = data.get(begin..end) else {
        return Err(Error::ticket(format!(
            "The tensor “{name}” should lie at bytes {begin} to {end}, but the file holds {} \
             bytes of numbers; it is truncated or damaged.",
            data.len()
        )));
    };
    let claimed = shape.iter().try_fold(dtype.size(), |bytes, &n| bytes.checked_mul(n));
    if claimed != Some(bytes.len()) {
        return Err(Error::ticket(format!(
            "The tensor “{name}” claims the shape {} of {dtype}, which does not fit its {} bytes.",
            list(&shape),
            bytes.len()
        )));
    }
    Ok(([begin, end], Tensor { dtype, shape, bytes: bytes.to_vec() }))
}

/// A list of whole numbers, if `json` is one.
pub(crate) fn whole_numbers(json: &Json) -> Option<Vec<usize>> {
    let mut numbers = Vec::new();
    for item in json.as_array()? {
        numbers.push(item.as_usize()?);
    }
    Some(numbers)
}

/// As the header has it: `[300,784]`.
fn list(numbers: &[usize]) -> Json {
    numbers.iter().copied().collect()
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]]))
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    fn file(header: &str, data: &[u8]) -> Vec<u8> {
        let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
        bytes.extend_from_slice(header.as_bytes());
        bytes.extend_from_slice(data);
        bytes
    }

    fn complaint(header: &str, data: &[u8]) -> String {
        Safetensors::from_bytes(&file(header, data)).unwrap_err().to_string()
    }

    #[test]
    fn what_is_written_is_read() {
        let mut written = Safetensors::new();
        written.note("config", "{\"seed\":7}");
        written.add("a", Tensor::f32(&[2, 3], &[1.0, -2.5, 0.0, 4.0, f32::MIN_POSITIVE, 6.0]));
        written.add("b", Tensor::u8(&[3], &[1, 2, 255]));
        written.add("c", Tensor::u32(&[2], &[7, u32::MAX]));
        written.add("d", Tensor::bool(&[2, 1], &[true, false]));
        let read = Safetensors::from_bytes(&written.to_bytes()).unwrap();
        assert_eq!(read, written);
        assert_eq!(read.read_f32("a", &[2, 3]).unwrap()[1], -2.5);
        assert_eq!(read.read_u32("c", &[2]).unwrap(), [7, u32::MAX]);
        assert_eq!(read.read_u8("b").unwrap(), [1, 2, 255]);
        assert_eq!(read.read_bool("d", &[2, 1]).unwrap(), [true, false]);
        assert_eq!(read.metadata("config").unwrap(), "{\"seed\":7}");
    }

    #[test]
    fn every_truncation_is_refused() {
        let mut written = Safetensors::new();
        written.note("k", "v");
        written.add("a", Tensor::f32(&[4], &[1.0, 2.0, 3.0, 4.0]));
        let bytes = written.to_bytes();
        for length in 0..bytes.len() {
            assert!(Safetensors::from_bytes(&bytes[..length]).is_err(), "{length} bytes");
        }
        let mut longer = bytes.clone();
        longer.push(0);
        assert!(Safetensors::from_bytes(&longer).is_err());
    }

    #[test]
    fn lies_are_refused() {
        let f32_at = |shape: &str, begin: u64, end: u64| {
            format!(r#"{{"dtype":"F32","shape":{shape},"data_offsets":[{begin},{end}]}}"#)
        };
        let one = |entry: &str| format!(r#"{{"a":{entry}}}"#);
        let two = |a: &str, b: &str| format!(r#"{{"a":{a},"b":{b}}}"#);
        assert!(complaint(&one(&f32_at("[3]", 0, 8)), &[0; 8]).contains("claims the shape"));
        assert!(complaint(&one(&f32_at("[2]", 0, 8)), &[0; 4]).contains("truncated"));
        assert!(complaint(&one(&f32_at("[]", 8, 4)), &[0; 8]).contains("truncated or damaged"));
        assert!(!complaint(&one(&f32_at("[4294967296,4294967296]", 0, 0)), &[]).is_empty());
        assert!(
            complaint(&one(&f32_at("[65536,65536,65536,65536]", 0, 0)), &[]).contains("claims")
        );
        assert!(complaint(&one(&f32_at("[1]", 0, 4)), &[0; 8]).contains("added to"));
        let overlapping = two(&f32_at("[2]", 0, 8), &f32_at("[1]", 4, 8));
        assert!(complaint(&overlapping, &[0; 8]).contains("overlap"));
        let holed = two(&f32_at("[1]", 0, 4), &f32_at("[1]", 8, 12));
        assert!(complaint(&holed, &[0; 12]).contains("hole"));
        let doubled = r#"{"a":X,"a":X}"#.replace('X', &f32_at("[1]", 0, 4));
        assert!(complaint(&doubled, &[0; 4]).contains("two tensors are called"));
        let double = r#"{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}"#;
        assert!(complaint(double, &[0; 8]).contains("F64"));
        assert!(complaint("[]", &[]).contains("cannot be read"));
        assert!(complaint("{\"a\":1}", &[]).contains("cannot be read"));
        let endless = u64::MAX.to_le_bytes();
        assert!(
            Safetensors::from_bytes(&endless)
                .unwrap_err()
                .to_string()
                .contains("no ticket or trace")
        );
    }

    #[test]
    fn types_and_numbers_are_checked_on_reading() {
        let mut written = Safetensors::new();
        written.add("a", Tensor::f32(&[2], &[1.0, f32::NAN]));
        written.add("b", Tensor::new(Dtype::Bool, &[1], vec![2]));
        let read = Safetensors::from_bytes(&written.to_bytes()).unwrap();
        assert!(read.read_f32("a", &[2]).unwrap_err().to_string().contains("finite"));
        assert!(read.read_f32("a", &[1, 2]).unwrap_err().to_string().contains("shape"));
        assert!(read.read_u32("a", &[2]).unwrap_err().to_string().contains("of type U32"));
        assert!(read.read_f32("z", &[2]).unwrap_err().to_string().contains("no tensor"));
        assert!(read.read_bool("b", &[1]).unwrap_err().to_string().contains("only 0 and 1"));
    }
}
