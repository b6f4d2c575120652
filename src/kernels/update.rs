//! The optimisers' rules, one parameter at a time.

use crate::trainer::Optimizer;
use std::ops::{Add, Div, Mul, Sub};
use wide::f32x4;

/// Below this magnitude a gradient or a first moment counts as +0.
///
/// Moments of a pixel that is seldom lit decay for ever, into the subnormal
/// numbers, where processors compute a hundred times slower. By a gradient of
/// 2⁻⁵⁵ Adam moves a weight 3·10⁻⁹ of the learning rate at the most (it divides
/// by ε), far below its last bit; its square, times 1-β₂, is still a normal
/// number. The second moment fades a hundred times more slowly and is left to.
pub const TINY: f32 = 2.775_557_6e-17; // 2⁻⁵⁵

/// A number, or four side by side: a rule is written once for both.
pub trait Number:
    Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self>
{
    /// `x`, everywhere.
    fn splat(x: f32) -> Self;
    /// √, correctly rounded.
    fn root(self) -> Self;
    /// Itself, or +0 where its magnitude is below [`TINY`].
    fn settle(self) -> Self;
}

impl Number for f32 {
    #[inline(always)]
    fn splat(x: f32) -> Self {
        x
    }

    #[inline(always)]
    fn root(self) -> Self {
        self.sqrt()
    }

    #[inline(always)]
    fn settle(self) -> Self {
        if self.abs() >= TINY { self } else { 0.0 }
    }
}

impl Number for f32x4 {
    #[inline(always)]
    fn splat(x: f32) -> Self {
        f32x4::splat(x)
    }

    #[inline(always)]
    fn root(self) -> Self {
        self.sqrt()
    }

    #[inline(always)]
    fn settle(self) -> Self {
        self & self.abs().simd_ge(f32x4::splat(TINY))
    }
}

/// Adam's β₁ (Kingma & Ba 2015, section 2).
pub const BETA1: f64 = 0.9;
/// Adam's β₂.
pub const BETA2: f64 = 0.999;
/// Adam's ε.
pub const EPSILON: f32 = 1e-8;

/// One step of an optimiser on one parameter, or on four. `first` and `second`
/// are the optimiser's two numbers for it; where `gradient`, `first` and
/// `second` are +0, nothing moves.
pub trait Rule: Copy {
    /// Moves `parameter` against the loss's `gradient`.
    fn apply<N: Number>(self, gradient: N, parameter: &mut N, first: &mut N, second: &mut N);
}

/// Adam with this step's bias corrections multiplied out:
/// m ← β₁m + (1-β₁)g, v ← β₂v + (1-β₂)g², θ ← θ - α m / (√v c + ε).
#[derive(Debug, Clone, Copy)]
pub struct Adam {
    /// α = lr / (1-β₁ᵗ).
    pub alpha: f32,
    /// c = 1 / √(1-β₂ᵗ).
    pub correction: f32,
}

impl Rule for Adam {
    #[inline(always)]
    fn apply<N: Number>(self, gradient: N, parameter: &mut N, m: &mut N, v: &mut N) {
        let [b1, one_b1, b2, one_b2] =
            [BETA1, 1.0 - BETA1, BETA2, 1.0 - BETA2].map(|b| N::splat(b as f32));
        let [alpha, c, epsilon] = [self.alpha, self.correction, EPSILON].map(N::splat);
        let g = gradient.settle();
        *m = (b1 * *m + one_b1 * g).settle();
        *v = b2 * *v + one_b2 * (g * g);
        *parameter = *parameter - (alpha * *m) / (v.root() * c + epsilon);
    }
}

/// Gradient descent with momentum: u ← μu + g, θ ← θ - lr u.
#[derive(Debug, Clone, Copy)]
pub struct Sgd {
    /// Learning rate.
    pub lr: f32,
    /// μ.
    pub momentum: f32,
}

impl Rule for Sgd {
    #[inline(always)]
    fn apply<N: Number>(self, gradient: N, parameter: &mut N, velocity: &mut N, _: &mut N) {
        *velocity = (N::splat(self.momentum) * *velocity + gradient.settle()).settle();
        *parameter = *parameter - N::splat(self.lr) * *velocity;
    }
}

/// The rule of one step, its scalars worked out.
#[derive(Debug, Clone, Copy)]
pub enum Update {
    /// One step of Adam.
    Adam(Adam),
    /// One step of gradient descent.
    Sgd(Sgd),
}

/// Counts steps and works out their scalars: β₁ᵗ and β₂ᵗ in `f64` by repeated
/// multiplication, rounded once to `f32`.
#[derive(Debug, Clone)]
pub struct Clock {
    optimizer: Optimizer,
    steps: u64,
    power1: f64,
    power2: f64,
}

impl Clock {
    /// The clock of `optimizer` after `steps` steps.
    pub fn new(optimizer: Optimizer, steps: u64) -> Self {
        let mut clock = Clock { optimizer, steps: 0, power1: 1.0, power2: 1.0 };
        (0..steps).for_each(|_| clock.tick());
        clock
    }

    /// Steps so far.
    pub fn steps(&self) -> u64 {
        self.steps
    }

    /// One step has been done.
    pub fn tick(&mut self) {
        self.steps += 1;
        self.power1 *= BETA1;
        self.power2 *= BETA2;
    }

    /// The rule of the coming step at learning rate `lr`.
    pub fn update(&self, lr: f32) -> Update {
        match self.optimizer {
            Optimizer::Adam => Update::Adam(Adam {
                alpha: (lr as f64 / (1.0 - self.power1 * BETA1)) as f32,
                correction: (1.0 / (1.0 - self.power2 * BETA2).sqrt()) as f32,
            }),
            Optimizer::Sgd { momentum } => Update::Sgd(Sgd { lr, momentum }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn what_never_saw_a_gradient_does_not_move() {
        let clock = Clock::new(Optimizer::Adam, 3);
        let Update::Adam(adam) = clock.update(1.2e-3) else { unreachable!() };
        let sgd = Sgd { lr: 0.1, momentum: 0.9 };
        for start in [0.0f32, 0.3, -1e-30] {
            let (mut by_adam, mut by_sgd, mut first, mut second) = (start, start, 0.0, 0.0);
            adam.apply(0.0, &mut by_adam, &mut first, &mut second);
            sgd.apply(0.0, &mut by_sgd, &mut first, &mut second);
            for (after, before) in [(by_adam, start), (by_sgd, start), (first, 0.0), (second, 0.0)]
            {
                assert_eq!(after.to_bits(), before.to_bits());
            }
        }
    }

    #[test]
    fn a_first_moment_settles_to_zero_before_any_is_subnormal() {
        let mut clock = Clock::new(Optimizer::Adam, 0);
        let (mut weight, mut m, mut v) = (0.5f32, 0.0f32, 0.0f32);
        for step in 0..3000 {
            let Update::Adam(adam) = clock.update(1.2e-3) else { unreachable!() };
            adam.apply(if step == 0 { 1e-3f32 } else { 0.0 }, &mut weight, &mut m, &mut v);
            assert!(!m.is_subnormal() && !v.is_subnormal());
            clock.tick();
        }
        assert_eq!(m.to_bits(), 0);
        assert!(v > 0.0);
    }

    /// The first step of Adam is lr · sign(g), whatever g's size (Kingma & Ba
    /// 2015, section 2.1).
    #[test]
    fn the_first_step_of_adam_is_the_learning_rate() {
        let Update::Adam(adam) = Clock::new(Optimizer::Adam, 0).update(1.2e-3) else {
            unreachable!()
        };
        for g in [1e-3f32, -0.5, 20.0] {
            let (mut weight, mut m, mut v) = (0.0, 0.0, 0.0);
            adam.apply(g, &mut weight, &mut m, &mut v);
            assert!((weight + 1.2e-3 * g.signum()).abs() < 1e-7, "{weight}");
        }
    }
}
