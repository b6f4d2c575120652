//! Finds and reads the images.

use crate::failure::Failure;
use crate::files;
use flate2::read::MultiGzDecoder;
use lottery_ticket::Labelled;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Most bytes that an unpacked file is believed to have.
const LARGEST: u64 = 1 << 31;

/// All images of a folder: the training file (the pool that the split divides)
/// and the test file.
#[derive(Clone)]
pub struct Data {
    pub pool: Arc<Labelled>,
    pub test: Arc<Labelled>,
}

/// Reads the four IDX files in `folder`, packed or not; without a folder, the
/// project's own MNIST.
pub fn load(folder: Option<&Path>) -> Result<Data, Failure> {
    let folder = match folder {
        Some(folder) if folder.is_dir() => folder.to_owned(),
        Some(folder) => {
            return Err(Failure::file("Reading the data in", folder, "there is no such folder"));
        }
        None => find_own()?,
    };
    let set = |name: &str| -> Result<Arc<Labelled>, Failure> {
        let (images_path, images) = read_idx(&folder, &format!("{name}-images"), "idx3")?;
        let (_, labels) = read_idx(&folder, &format!("{name}-labels"), "idx1")?;
        let set = Labelled::from_idx(&images, &labels);
        set.map(Arc::new).map_err(|why| Failure::new(format!("{}: {why}", images_path.display())))
    };
    Ok(Data { pool: set("train")?, test: set("t10k")? })
}

/// `data/mnist` in the current folder or one above it.
fn find_own() -> Result<PathBuf, Failure> {
    let here = std::env::current_dir()
        .map_err(|why| Failure::io("Finding", Path::new("the current folder"), &why))?;
    let found = here.ancestors().map(|folder| folder.join("data").join("mnist"));
    found.into_iter().find(|folder| folder.is_dir()).ok_or_else(|| {
        Failure::new(
            "There is no data/mnist in this folder or one above it: run `npm run setup` in the \
             project once, or say with --data DIR where the four IDX files are.",
        )
    })
}

/// The bytes of `stem`'s file under one of the names it goes by.
fn read_idx(folder: &Path, stem: &str, kind: &str) -> Result<(PathBuf, Vec<u8>), Failure> {
    let names = [format!("{stem}-{kind}-ubyte"), format!("{stem}.{kind}-ubyte")];
    for name in &names {
        let plain = folder.join(name);
        if plain.is_file() {
            let bytes = files::read(&plain)?;
            return Ok((plain, bytes));
        }
        let packed = folder.join(format!("{name}.gz"));
        if packed.is_file() {
            let bytes = unpack(&packed)?;
            return Ok((packed, bytes));
        }
    }
    let missing = format!("neither {0} nor {0}.gz is there", names[0]);
    Err(Failure::file("Reading the data in", folder, missing))
}

fn unpack(path: &Path) -> Result<Vec<u8>, Failure> {
    let packed = files::read(path)?;
    let mut bytes = Vec::new();
    let unpacked = MultiGzDecoder::new(packed.as_slice()).take(LARGEST).read_to_end(&mut bytes);
    match unpacked {
        Ok(_) if bytes.len() as u64 == LARGEST => Err(Failure::file(
            "Unpacking",
            path,
            "it holds more than 2 GiB, which no IDX file does",
        )),
        Ok(_) => Ok(bytes),
        Err(why) => {
            Err(Failure::file("Unpacking", path, format!("it is damaged or truncated ({why})")))
        }
    }
}
