"""What a program has set up in torch for all that follows."""

from __future__ import annotations

from typing import Any

import torch


class TorchSettings:
    """The default dtype and device, whether gradients and anomalies are looked after, when this was made."""

    def __init__(self) -> None:
        self._dtype, self._device = torch.get_default_dtype(), _device()
        self._is_grad_enabled, self._is_anomaly_enabled = torch.is_grad_enabled(), torch.is_anomaly_enabled()
        self._checks_nan = torch.is_anomaly_check_nan_enabled()
        self._n_threads = torch.get_num_threads()

    def restore(self) -> None:
        """Set up again what is another by now."""
        if torch.get_default_dtype() != self._dtype:
            torch.set_default_dtype(self._dtype)
        if _device() != self._device:
            torch.set_default_device(self._device)
        torch._C._set_grad_enabled(self._is_grad_enabled)
        torch.set_anomaly_enabled(self._is_anomaly_enabled, self._checks_nan)
        if torch.get_num_threads() != self._n_threads:
            torch.set_num_threads(self._n_threads)


def _device() -> Any:
    """That which was chosen, None where none was."""
    mode = getattr(torch._GLOBAL_DEVICE_CONTEXT, "device_context", None)
    return None if mode is None else mode.device
