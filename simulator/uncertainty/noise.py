"""Simulation noise taken out of draws: the spread that is left is the inputs' own."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

FLAT = 1e-12  # a direction with less than this share of the largest variance has no spread to shrink


def net_benefits(net: Array) -> Array:
    """Net benefits by (draw, arm), as they are.

    Raises ValueError for another shape, for no draws or no arms, and for a value that is not a number.
    """
    drawn = np.asarray(net, dtype=float)
    if drawn.ndim != 2 or drawn.size == 0:
        raise ValueError(f"net benefits come as (draws, arms), at least one of each, not as {drawn.shape}")
    if not np.isfinite(drawn).all():
        raise ValueError("a net benefit is not a number or is infinite")
    return drawn


def covariance_of_noise(noise: Array, arms: int) -> Array:
    """The covariance of simulation noise by (arm, arm). Raises ValueError for another shape or a lopsided one."""
    covariance = np.asarray(noise, dtype=float)
    if covariance.shape != (arms, arms) or not np.isfinite(covariance).all():
        raise ValueError(f"noise is a covariance of numbers by (arm, arm) for {arms} arms, not {covariance.shape}")
    if not np.allclose(covariance, covariance.T) or (np.diag(covariance) < 0.0).any():
        raise ValueError("noise is no covariance: lopsided, or with a variance below zero")
    return covariance


def without_noise(net: Array, noise: Array | None = None) -> Array:
    """Draws moved towards their mean until their covariance is what the inputs alone give: total less noise.

    Moment matching. In the directions in which total covariance S and noise covariance N are both uncorrelated, each
    draw keeps sqrt(1 - N/S) of its distance from the mean, and none where noise is as large as the spread. For one arm
    this is sqrt(1 - variance of noise / variance); for several the answer does not depend on the order of the arms nor
    on which one is the comparator. Mean and covariance are right, the shape stays that of the noisy draws: good where
    noise is the smaller part, rough where it is most of the spread.

    Args:
        net: pounds by (draw, arm).
        noise: covariance by (arm, arm) of the simulation noise of one draw, averaged over draws; None: no noise.

    Raises:
        ValueError: shapes that do not fit, or a noise that is no covariance.
    """
    drawn = net_benefits(net)
    if noise is None or len(drawn) < 2:
        return drawn
    covariance = covariance_of_noise(noise, drawn.shape[1])
    if not covariance.any():
        return drawn
    mean = drawn.mean(axis=0)
    return np.asarray(mean + (drawn - mean) @ shrinkage(np.atleast_2d(np.cov(drawn, rowvar=False)), covariance).T)


def shrinkage(total: Array, noise: Array) -> Array:
    """The map A with A S A' = S - N, for S the total and N the noise covariance, floored at no spread at all.

    A = R (I - R+ N R+)^1/2 R+ with R the root of S and R+ its inverse where S has spread (a comparator has none).
    """
    variances, directions = np.linalg.eigh(total)
    kept = variances > FLAT * max(float(variances[-1]), 0.0)
    if not kept.any():
        return np.eye(len(total))
    roots = np.sqrt(variances[kept])
    whitened = directions[:, kept] / roots
    shares, turned = np.linalg.eigh(whitened.T @ noise @ whitened)
    left = np.sqrt(np.clip(1.0 - shares, 0.0, 1.0))
    coloured = directions[:, kept] * roots
    return np.asarray(coloured @ turned * left @ turned.T @ whitened.T)
