locals {
  region    = regex("^(.*)-[a-z]$", var.zone)[0]
  namespace = "pixelprobe"

  # The machines that a GPU can be had with.
  machine_series = {
    nvidia-l4             = "g2-standard-"
    nvidia-tesla-t4       = "n1-standard-"
    nvidia-tesla-v100     = "n1-standard-"
    nvidia-tesla-a100     = "a2-highgpu-"
    nvidia-a100-80gb      = "a2-ultragpu-"
    nvidia-h100-80gb      = "a3-highgpu-"
    nvidia-h100-mega-80gb = "a3-megagpu-"
    nvidia-h200-141gb     = "a3-ultragpu-"
  }
}
