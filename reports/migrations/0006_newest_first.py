from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_watchlist_and_drafts")]

    operations = [
        migrations.RemoveIndex(
            model_name="counternotice",
            name="counter_of_seller",
        ),
        migrations.RemoveIndex(
            model_name="notice",
            name="notice_of_organisation",
        ),
        migrations.RemoveIndex(
            model_name="refundclaim",
            name="claim_of_claimant",
        ),
        migrations.RemoveIndex(
            model_name="watchitem",
            name="watch_waiting",
        ),
        migrations.AddIndex(
            model_name="counternotice",
            index=models.Index(fields=["seller", "-id"], name="counter_of_seller"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["organisation", "-id"], name="notice_of_organisation"),
        ),
        migrations.AddIndex(
            model_name="refundclaim",
            index=models.Index(fields=["claimant", "-id"], name="claim_of_claimant"),
        ),
        migrations.AddIndex(
            model_name="watchitem",
            index=models.Index(
                condition=models.Q(("state", "WAITING")), fields=["brand", "-id"], name="watch_waiting"
            ),
        ),
    ]
