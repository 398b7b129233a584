"""Pages of a government website on the Lonsun system, in the forms its years have left behind."""
