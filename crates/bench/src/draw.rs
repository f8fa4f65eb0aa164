//! What is drawn: the same number always draws the same, so that the data is the same on every machine.

/// A stream of numbers that follows from a name and a number (SplitMix64).
pub(crate) struct Draw(u64);

impl Draw {
    pub(crate) fn of(kind: u64, number: usize) -> Self {
        Self(kind.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (number as u64).wrapping_mul(0xD134_2543_DE82_EF95))
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Below this, each as often.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap()
    }

    /// Below this, the first more often than the last, as words and skills are: by the square of a fraction.
    pub(crate) fn skewed(&mut self, bound: usize) -> usize {
        let fraction = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        ((fraction.powi(2) * bound as f64) as usize).min(bound - 1)
    }

    pub(crate) fn one<'t, T: ?Sized>(&mut self, of: &[&'t T]) -> &'t T {
        of[self.below(of.len())]
    }

    /// Some of these, each once.
    pub(crate) fn some(&mut self, count: usize, bound: usize) -> Vec<usize> {
        let mut found = Vec::new();
        while found.len() < count.min(bound) {
            let one = self.skewed(bound);
            if !found.contains(&one) {
                found.push(one);
            }
        }
        found
    }

    /// An id that tells nothing.
    pub(crate) fn id(&mut self) -> uuid::Uuid {
        let bytes = [self.next().to_be_bytes(), self.next().to_be_bytes()].concat();
        uuid::Builder::from_random_bytes(bytes.try_into().unwrap()).into_uuid()
    }
}
