"""WeChat official accounts (公众号): pages of mp.weixin.qq.com and the official API of api.weixin.qq.com."""
