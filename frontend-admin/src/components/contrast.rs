//! How well two colours can be told apart, by WCAG 2.2.

/// A colour as screens have it: gamma-encoded sRGB, each channel 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Colour(pub(super) [f64; 3]);

impl Colour {
    /// This colour at `share` (0 to 1) laid over `below`.
    pub(super) fn over(self, share: f64, below: Self) -> Self {
        let mut channels = self.0;
        for (channel, under) in channels.iter_mut().zip(below.0) {
            *channel = *channel * share + under * (1.0 - share);
        }
        Self(channels)
    }

    /// <https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>
    fn luminance(self) -> f64 {
        let weights = [0.2126, 0.7152, 0.0722];
        self.0
            .into_iter()
            .zip(weights)
            .map(|(channel, weight)| linear(channel) * weight)
            .sum()
    }

    /// 1 to 21.
    pub(super) fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }
}

fn linear(channel: f64) -> f64 {
    if channel <= 0.040_45 {
        channel / 12.92
    } else {
        ((channel + 0.055) / 1.055).powf(2.4)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLACK: Colour = Colour([0.0; 3]);
    const WHITE: Colour = Colour([1.0; 3]);

    fn near(one: f64, other: f64) -> bool {
        (one - other).abs() < 0.01
    }

    #[test]
    fn contrast_is_what_other_tools_measure() {
        assert!(near(WHITE.contrast(BLACK), 21.0));
        assert!(near(WHITE.contrast(WHITE), 1.0));
        // #767676, the lightest grey that passes on white.
        assert!(near(Colour([118.0 / 255.0; 3]).contrast(WHITE), 4.54));
        assert!(near(Colour([1.0, 0.0, 0.0]).contrast(WHITE), 4.0));
    }

    #[test]
    fn a_tint_is_mixed_as_screens_mix() {
        assert!(near(BLACK.over(0.5, WHITE).contrast(WHITE), 3.98));
        assert_eq!(BLACK.over(0.0, WHITE), WHITE);
        assert_eq!(BLACK.over(1.0, WHITE), BLACK);
    }
}
