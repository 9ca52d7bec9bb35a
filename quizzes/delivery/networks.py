"""From where an exam may be taken: networks in CIDR notation, and whether an address lies inside one."""

from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network


def read_networks(text: str) -> tuple[Network, ...]:
    """Return the networks named, separated by spaces or commas; a lone address is one. Errors: ValueError."""
    return tuple(ip_network(word, strict=False) for word in text.replace(",", " ").split())


def inside(networks: str, address: str) -> bool:
    """Return whether `address` lies in one of `networks`; any address does where none is named."""
    allowed = read_networks(networks)
    if not allowed:
        return True
    try:
        where = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(where, IPv6Address) and where.ipv4_mapped:
        where = where.ipv4_mapped
    return any(where in network for network in allowed)
