variable "project_id" {
  description = "The cloud project."
  type        = string
}

variable "image_tag" {
  description = "The tag of the GPU image."
  type        = string
}

variable "alert_emails" {
  description = "Addresses that are told when a run fails."
  type        = set(string)
  default     = []
}

variable "protect" {
  description = "Whether destroy refuses to delete the cluster and buckets that hold something."
  type        = bool
  default     = true
}
