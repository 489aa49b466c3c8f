"""Renmai 人脉: social commerce where goods find people through trust.

One package, one folder per room; ``renmai.project`` puts the rooms together. ARCHITECTURE.md says who may import whom.
"""

__version__ = "0.1.0"
