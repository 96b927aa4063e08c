"""The same window in light, small, large, and with text at 200 %."""

from __future__ import annotations

from visualizer.look import theme
from visualizer.tour.driver import Driver


def run(driver: Driver) -> None:
    """Pictures only: nothing may be clipped, overlap or lose its contrast."""
    window, look = driver.window, theme.current()
    look.set_mode("light")
    driver.shot("pretraining-light")
    driver.press("Ctrl+1")
    driver.shot("backprop-light")
    driver.press("Ctrl+K")
    driver.settle()
    driver.shot("commands", driver.find("command_palette"))
    driver.press("Escape", driver.find("palette_field"))
    window.resize(1000, 640)
    driver.shot("small-window")
    window.resize(2400, 1350)
    driver.shot("large-window")
    window.resize(1600, 1000)
    look.set_mode("dark")
    look.set_scale(2.0)
    driver.shot("text-at-200-percent")
    look.set_scale(1.0)
