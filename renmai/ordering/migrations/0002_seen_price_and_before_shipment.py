"""Remember the price a customer saw when she chose, and which refunds were for pieces that never left."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ordering", "0001_initial")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="cartline",
            name="seen_price_fen",
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="aftersale",
            name="is_before_shipment",
            field=models.BooleanField(default=False),
        ),
    ]
