//! The recorded ticket as text: one character holds a number below 57, from
//! `#` on, so that JSON needs no escapes and gzip finds few symbols. The page's
//! `www/lesson/recorded.js` reads it.

use lottery_ticket::Network;
use serde::Serialize;

const FIRST: u8 = 35;
/// A gap of so many weights with no survivor behind it.
const LONGEST: usize = 56;
/// Weights are told apart in so many steps on either side of zero.
const LEVELS: f32 = 8.0;
const SYMBOLS: usize = 57;

/// The survivors whose age is at least `from`, layers in order, row-major.
#[derive(Debug, Serialize, PartialEq)]
#[serde(rename_all = "camelCase")]
pub struct Packed {
    from: usize,
    /// Weights skipped before each survivor.
    gaps: String,
    /// Age − from, several to a character, the first in the highest place.
    ages: String,
    /// Is the trained weight negative? For those that the last round does not
    /// have; six to a character.
    signs: String,
    /// θ₀ and θ_T of those that the last round has, in steps of the layer's
    /// largest / 8.
    start: String,
    trained: String,
    start_scale: Vec<f32>,
    trained_scale: Vec<f32>,
}

/// Packs the masks of the rounds from `from` to `rounds`. `age` is rounds
/// survived, a byte a weight and layer; `trained` holds θ_T of each round.
pub fn pack(from: usize, age: &[Vec<u8>], theta0: &Network, trained: &[Network]) -> Packed {
    let rounds = trained.len() - 1;
    let (mut gaps, mut ages, mut signs) = (String::new(), Vec::new(), Vec::new());
    let (mut start, mut end) = (String::new(), String::new());
    let (mut start_scale, mut trained_scale) = (Vec::new(), Vec::new());
    let mut skipped = 0;
    for (layer, age) in age.iter().enumerate() {
        let weights = |network: &Network| network.layers()[layer].weights().data().to_vec();
        let born = weights(theta0);
        let grown: Vec<Vec<f32>> = trained.iter().map(weights).collect();
        let largest = |of: &[f32]| {
            let last = age.iter().zip(of).filter(|(age, _)| usize::from(**age) >= rounds);
            last.map(|(_, w)| w.abs()).fold(f32::MIN_POSITIVE, f32::max)
        };
        let scales = (largest(&born), largest(&grown[rounds]));
        start_scale.push(scales.0);
        trained_scale.push(scales.1);
        for (index, &lived) in age.iter().enumerate() {
            let lived = usize::from(lived).min(rounds);
            if lived < from {
                skipped += 1;
                continue;
            }
            while skipped >= LONGEST {
                gaps.push(symbol(LONGEST));
                skipped -= LONGEST;
            }
            gaps.push(symbol(skipped));
            skipped = 0;
            ages.push(lived - from);
            if lived < rounds {
                signs.push(usize::from(grown[lived][index] < 0.0));
            } else {
                start.push(level(born[index], scales.0));
                end.push(level(grown[rounds][index], scales.1));
            }
        }
    }
    let kinds = rounds - from + 1;
    Packed {
        from,
        gaps,
        ages: digits(&ages, kinds, per_symbol(kinds)),
        signs: digits(&signs, 2, 6),
        start,
        trained: end,
        start_scale,
        trained_scale,
    }
}

fn symbol(number: usize) -> char {
    // A backslash would be doubled by JSON.
    match FIRST + number as u8 {
        b'\\' => '~',
        code => char::from(code),
    }
}

fn level(value: f32, scale: f32) -> char {
    symbol((libm::roundf(value / scale * LEVELS) + LEVELS) as usize)
}

/// How many numbers below `base` fit into one symbol.
fn per_symbol(base: usize) -> usize {
    if base < 2 {
        return 1;
    }
    (1..).find(|&count| base.pow(count + 1) > SYMBOLS).expect("powers grow") as usize
}

fn digits(numbers: &[usize], base: usize, together: usize) -> String {
    let chunks = numbers.chunks(together);
    let number = |chunk: &[usize]| {
        (0..together).fold(0, |sum, place| sum * base + chunk.get(place).copied().unwrap_or(0))
    };
    chunks.map(|chunk| symbol(number(chunk))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use lottery_ticket::{Layer, Mask, Matrix};

    fn network(weights: Vec<f32>) -> Network {
        let count = weights.len();
        let matrix = Matrix::from_vec(count, 1, weights).unwrap();
        Network::new(vec![Layer::new(matrix, vec![0.0], Mask::ones(count, 1)).unwrap()]).unwrap()
    }

    #[test]
    fn a_ticket_worked_by_hand() {
        // Ages 0…3 of rounds 0…3; from round 2 on: weights 1, 2 and 60.
        let mut age = vec![0; 61];
        (age[1], age[2], age[60]) = (2, 3, 3);
        let mut born = vec![0.5; 61];
        (born[2], born[60]) = (1.0, -0.3125);
        let mut grown = born.clone();
        grown[1] = -0.1;
        grown[60] = -2.0;
        let theta0 = network(born);
        let trained: Vec<Network> = (0..4).map(|_| network(grown.clone())).collect();
        let packed = pack(2, &[age], &theta0, &trained);
        // Gaps 1, 0, then 57 = 56 and 1.
        assert_eq!(packed.gaps, "$#[$");
        // Ages − from: 0, 1, 1 in base 2, five to a symbol: 01100₂ = 12.
        assert_eq!(packed.ages, "/");
        // Weight 1 is negative; six to a symbol: 100000₂ = 32.
        assert_eq!(packed.signs, "C");
        // θ₀: 1 is 8 steps of 1, −0.3125 is −3 (−2.5 rounds away from zero);
        // θ_T: 1 is 4 steps of 2, −2 is −8.
        assert_eq!((packed.start.as_str(), packed.trained.as_str()), ("3(", "/#"));
        assert_eq!((packed.start_scale[0], packed.trained_scale[0]), (1.0, 2.0));
    }

    #[test]
    fn a_backslash_never_occurs() {
        assert_eq!(symbol(57), '~');
        assert!((0..=63).all(|number| symbol(number) != '\\' && symbol(number) != '"'));
    }
}
