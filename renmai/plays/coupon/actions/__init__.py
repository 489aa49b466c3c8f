"""Everything that changes coupons."""

from renmai.plays.coupon.actions.claiming import claim, claim_by_word, hand_out, prepare, reward_campaign
from renmai.plays.coupon.actions.using import expire_coupons, give_back, reserve, use

__all__ = ["claim", "claim_by_word", "expire_coupons", "give_back", "hand_out", "prepare", "reserve", "reward_campaign", "use"]
