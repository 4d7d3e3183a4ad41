//! Internet addresses, as far as one stands for one customer of a provider.

use std::net::{IpAddr, Ipv6Addr};

/// What one customer of a provider has: an IPv4 address, or of IPv6 the /64 to choose addresses from.
pub fn customer_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails here should panic")]
    use super::*;

    #[test]
    fn a_customer_is_an_address_or_a_network_of_64_bits() {
        for (address, customer) in [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ] {
            assert_eq!(customer_of(address.parse().unwrap()).to_string(), customer);
        }
    }
}
