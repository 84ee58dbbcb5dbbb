"""Numbers of scikit-image for pictures that the tests draw by the same rule; writes structuralSimilarity.json.

Run beside this file with scikit-image installed: python3 structuralSimilarity.py
"""

import json
import numpy as np
import skimage
from skimage.metrics import mean_squared_error, peak_signal_noise_ratio, structural_similarity


def drawn(width, height, steps, seed):
    """Slopes and a disc with noise of a linear congruential generator; `steps`: grey levels a channel is cut to."""
    state = seed
    picture = np.zeros((height, width, 3), np.int64)
    for y in range(height):
        for x in range(width):
            inside = (x - width // 2) ** 2 + (y - height // 2) ** 2 < (width * height) // 16
            for channel in range(3):
                state = (1664525 * state + 1013904223) % 2**32
                value = (x * 5 + y * 3 * channel + (90 if inside else 0) + (state >> 28)) % 256
                picture[y, x, channel] = value // steps * steps
    return picture


def compared(width, height, steps, seed):
    first, second = drawn(width, height, 1, seed), drawn(width, height, steps, seed)
    luminance = [picture @ np.array([0.299, 0.587, 0.114]) for picture in (first, second)]
    return {
        "width": width, "height": height, "steps": steps, "seed": seed,
        "mse": float(mean_squared_error(first, second)),
        "psnr": float(peak_signal_noise_ratio(first, second, data_range=255)),
        "ssim": float(structural_similarity(*luminance, data_range=255, gaussian_weights=True, sigma=1.5,
                                            use_sample_covariance=False, K1=0.01, K2=0.03)),
    }


cases = [compared(40, 31, 32, 1), compared(11, 11, 64, 2), compared(97, 53, 8, 3), compared(64, 64, 200, 4)]
with open("structuralSimilarity.json", "w", encoding="utf-8") as file:
    json.dump({"source": f"scikit-image {skimage.__version__}, numpy {np.__version__}", "cases": cases}, file, indent=1)
    file.write("\n")
