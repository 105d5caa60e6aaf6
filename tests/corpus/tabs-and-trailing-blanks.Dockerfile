FROM	alpine:3.23  
	RUN	echo a \ 	
		&& echo b	
ADD	x.txt	/srv/  
  USER 1000
CMD	[ "x" ]	