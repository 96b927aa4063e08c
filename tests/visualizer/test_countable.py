"""Sliders, bars and fields of tensors with more elements than these count to."""

from __future__ import annotations

from PySide6.QtWidgets import QSlider, QWidget

from engine.protocol.keys import VariableKey
from engine.protocol.storage import AskStorage, Layout, StorageShown
from visualizer.backprop.stage.places_bar import PlacesBar
from visualizer.backprop.stage.storage_room import StorageRoom
from visualizer.backprop.stage.walk_bar import WalkBar
from visualizer.backprop.tensor_view.planes import Planes

_FAR = 10**18


def test_they_stand_at_their_end_where_the_tensor_goes_on(qtbot) -> None:
    room = QWidget()
    qtbot.addWidget(room)
    bar = WalkBar(room)
    bar.walk.set_shape((10**9, 10**9))
    bar.walk.go_to(_FAR - 1)
    assert bar.slider.value() == bar.slider.maximum() == 2**31 - 2 and bar.walk.at == _FAR - 1

    places = PlacesBar(room)
    places.set_planes(Planes((10**10, 3, 4)), 10**10 - 2, 2)
    assert max(slider.value() for slider in places.findChildren(QSlider)) == 2**31 - 2

    storage = StorageRoom(room)
    storage.set_tensor(VariableKey("x"), "x")
    layout = Layout("x", (_FAR,), (1,), 0)
    shown = StorageShown(n_elements=_FAR, itemsize=4, first=10**12, texts=("1",), layouts=(layout,))
    storage.show_storage(AskStorage(key=VariableKey("x"), name="x"), shown)
    assert storage.bar.value() == storage.bar.maximum()
