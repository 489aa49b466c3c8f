"""Who is connected to whom, and how suspicious a reward is; the alarm about pyramids. Never pays, refuses or closes anything itself."""
