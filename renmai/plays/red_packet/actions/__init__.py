"""Everything that changes red packets."""

from renmai.plays.red_packet.actions.opening import hand_out, open_packet, prepare, reward_campaign
from renmai.plays.red_packet.actions.using import expire_packets, give_back, reserve, use

__all__ = ["expire_packets", "give_back", "hand_out", "open_packet", "prepare", "reserve", "reward_campaign", "use"]
