"""What /metrics tells of the promises: the same from every process, since the database is asked."""

from hotline.ports import StoreAwayError
from tests.web.doors import Door, make_door

TO_CONSENT = ("Hej", "2", "1", "1", "2", "1")  # weapons: urgent


def shown(door: Door) -> str:
    return door.app.test_client().get("/metrics", headers={"Authorization": "Bearer secret"}).text


def test_metrics_tell_how_the_promises_are_kept() -> None:
    door = make_door(metrics_token="secret")  # noqa: S106 - a test's own
    for number, body in enumerate(TO_CONSENT):
        door.text(body, sid=f"SM{number}")
    door.clock.move(seconds=3)
    told = shown(door)
    assert 'hotline_alerts_waiting{priority="1"} 1.0' in told
    assert 'hotline_deliveries_waiting{why="due"} 1.0' in told
    assert 'hotline_urgent_hand_over_seconds_bucket{le="2"} 0.0' in told
    assert 'hotline_urgent_hand_over_seconds_bucket{le="5"} 1.0' in told
    assert "hotline_urgent_hand_over_seconds_gcount 1.0" in told


def test_a_database_that_is_away_leaves_them_out() -> None:
    door = make_door(metrics_token="secret")  # noqa: S106 - as above
    assert "hotline_alerts_waiting" in shown(door)
    door.fail_with(StoreAwayError("away"))
    assert "hotline_alerts_waiting" not in shown(door)
